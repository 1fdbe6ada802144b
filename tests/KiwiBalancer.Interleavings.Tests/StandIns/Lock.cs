using System.Runtime.CompilerServices;
using KiwiBalancer.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>Stands in for the framework's type of this name: who meets a held lock is not run until it is free.</summary>
internal sealed class Lock
{
    private bool _isHeld;

    public Scope EnterScope()
    {
        Enter();
        return new Scope(this);
    }

    public void Enter()
    {
        Scheduler.Wait(() => !_isHeld, "Enter", nameof(Lock));
        _isHeld = true;
    }

    public bool TryEnter([CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        Scheduler.Step(Access.Write, "TryEnter", nameof(Lock), file, line, member);
        var isFree = !_isHeld;
        _isHeld = true;
        return isFree;
    }

    public void Exit([CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "")
    {
        _isHeld = false;
        Scheduler.Step(Access.Write, "Exit", nameof(Lock), file, line, member);
    }

    /// <summary>While it is held.</summary>
    public readonly ref struct Scope(Lock held)
    {
        public void Dispose()
        {
            held._isHeld = false;
            Scheduler.Call("Exit", nameof(Lock));
        }
    }
}
