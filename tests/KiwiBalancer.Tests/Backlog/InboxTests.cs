using KiwiBalancer.Backlog;
using KiwiBalancer.Granting;
using KiwiBalancer.Tests.Support;

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

    [Fact]
    public void Push_WhileTheOwnerTakes_EachNoteIsReadOnce()
    {
        const int Notes = 200_000;
        var inbox = new Inbox();
        var notes = Enumerable.Range(0, Notes).Select(_ => new Counted()).ToArray();
        var pushers = Enumerable.Range(0, 2).Select(first => new Thread(() =>
        {
            for (var i = first; i < Notes; i += 2)
            {
                inbox.Push(notes[i]);
            }
        }) { IsBackground = true }).ToArray();
        Array.ForEach(pushers, pusher => pusher.Start());

        var read = 0;
        Eventually.True(
            () =>
            {
                for (var note = inbox.TakeAll(); note is not null; read++)
                {
                    // Asked here, since a note that stands in line twice may close a ring without an end.
                    Assert.Equal(1, ++((Counted)note).Times);
                    note = note.Next;
                }

                return read >= Notes;
            },
            "all notes are read");

        Array.ForEach(pushers, pusher => Assert.True(pusher.Join(Eventually.Watchdog)));
        Assert.Null(inbox.TakeAll());
        Assert.All(notes, note => Assert.Equal(1, note.Times));
    }

    private sealed class Counted : Note
    {
        public int Times;

        public override void Apply(GrantRound round)
        {
            // Nobody applies it.
        }
    }

    private sealed class Silent : Note
    {
        public override void Apply(GrantRound round)
        {
            // Nobody reads it.
        }
    }
}
