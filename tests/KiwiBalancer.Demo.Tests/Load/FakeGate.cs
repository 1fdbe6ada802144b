using System.Net;
using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Tests.Load;

/// <summary>A gate that answers as it is told, and notes who came and went.</summary>
internal sealed class FakeGate(Func<WorkRequest, ValueTask<HttpStatusCode>> answer) : IGate
{
    public List<string> Events { get; } = [];

    public ISender Admit(string name, int weight)
    {
        Events.Add($"+{name}:{weight}");
        return new Sender(this, name);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Sender(FakeGate gate, string name) : ISender
    {
        public ValueTask<HttpStatusCode> SendAsync(WorkRequest request) => gate.Answer(request);

        public ValueTask DisposeAsync()
        {
            gate.Events.Add($"-{name}");
            return ValueTask.CompletedTask;
        }
    }

    private ValueTask<HttpStatusCode> Answer(WorkRequest request) => answer(request);
}
