using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>What a run plays on: made anew for each, with what its actors do and what must be true.</summary>
internal abstract class Stage
{
    public List<(string Name, Action Does)> Scripts { get; } = [];

    public void Add(string name, Action does) => Scripts.Add((name, does));

    /// <summary>Called before each step, in every state that is reached. Throws a <see cref="Violation"/> if it must not be.</summary>
    /// <param name="isQuiet">Nobody is inside a call of the core, and the pool has nothing to do.</param>
    /// <param name="made">The step that led here; null: none yet.</param>
    public virtual void CheckState(bool isQuiet, Site? made)
    {
    }

    /// <summary>Called on an actor's thread when its script has ended.</summary>
    public virtual void Collect()
    {
    }

    /// <summary>Called when all have ended.</summary>
    public virtual void CheckEnd()
    {
    }

    public static void Require([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            throw new Violation(message);
        }
    }

    public static void Require([DoesNotReturnIf(false)] bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref ViolationMessage message)
    {
        if (!condition)
        {
            throw new Violation(message.ToString());
        }
    }
}
