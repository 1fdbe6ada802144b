using KiwiBalancer.Backlog;
using KiwiBalancer.Granting;

namespace KiwiBalancer.Tests.Backlog;

public sealed class InboxTests
{
    [Fact]
    public void TakeAll_SeveralLeft_GivesThemInOrderAndOnce()
    {
        var inbox = new Inbox();
        var notes = Enumerable.Range(0, 3).Select(_ => new Silent()).ToArray();
        Assert.True(inbox.IsEmpty);
        Assert.Null(inbox.TakeAll());

        Assert.Equal([true, false, false], notes.Select(inbox.Push));
        Assert.False(inbox.IsEmpty);
        var first = inbox.TakeAll();

        Assert.Equal([notes[0], notes[1], notes[2], null], new[] { first, first!.Next, first.Next!.Next, first.Next.Next!.Next });
        Assert.True(inbox.IsEmpty);
        Assert.Null(inbox.TakeAll());
        Assert.True(inbox.Push(notes[0]));
    }

    private sealed class Silent : Note
    {
        public override void Apply(GrantRound round)
        {
            // Nobody reads it.
        }
    }
}
