using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>
/// Runs the actors of a stage one at a time, each on a thread of its own, and asks a <see cref="Course"/> at every step who goes on. A thread that is no actor, such as the one that sets the stage, passes all steps without being noticed.
/// </summary>
internal sealed class Scheduler : IDisposable
{
    private const int MostSteps = 4_000;
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);

    [ThreadStatic]
    private static Scheduler? _current;

    [ThreadStatic]
    private static Actor? _self;

    private readonly Actor[] _actors;
    private readonly SemaphoreSlim _ended = new(0);
    private readonly Dictionary<(string File, int Line, string Operation), Site> _sites = new(new BySite());
    private readonly Queue<Action> _queued = new();
    private readonly bool[] _mayRun;
    private Stage _stage = null!;
    private Course _course = null!;
    private Actor? _spinning;
    private bool _isLooking;

    // The last step that was made.
    private Site? _made;

    public Scheduler(int actors)
    {
        _mayRun = new bool[actors + 1];
        _actors = [.. Enumerable.Range(0, actors + 1).Select(index => new Actor(this, index))];
    }

    /// <summary>What the run has found; null if nothing.</summary>
    public string? Finding { get; private set; }

    public bool IsDisbanded { get; private set; }

    private Actor Pool => _actors[^1];

    public static void Enlist(Scheduler scheduler, Actor actor) => (_current, _self) = (scheduler, actor);

    /// <summary>A step of the core's.</summary>
    public static void Step(Access access, string operation, string what, string file, int line, string member)
    {
        if (_current is { _isLooking: false } scheduler)
        {
            scheduler.Arrive(_self!, scheduler.SiteOf(operation, what, file, line, member), access);
        }
    }

    /// <summary>A call of something whose inside is not explored: one step.</summary>
    public static void Call(string operation, string what) => Step(Access.Write, operation, what, Site.Standin, 0, what);

    /// <summary>Goes on only when the condition holds.</summary>
    public static void Wait(Func<bool> condition, string operation, string what)
    {
        if (_current is { _isLooking: false } scheduler)
        {
            var self = _self!;
            self.WaitsFor = condition;
            self.WaitsWhere = $"{what}.{operation}";
            Call(operation, what);
            self.WaitsFor = null;
        }
    }

    /// <summary>Lets any other go on.</summary>
    public static void Yield()
    {
        if (_current is { _isLooking: false } scheduler)
        {
            scheduler._spinning = _self;
            Call("Spin", "SpinWait");
        }
    }

    /// <summary>Does something of the stage's that reads the core: no steps of it.</summary>
    public static T Unseen<T>(Func<T> look)
    {
        if (_current is not { _isLooking: false } scheduler)
        {
            return look();
        }

        scheduler._isLooking = true;
        try
        {
            return look();
        }
        finally
        {
            scheduler._isLooking = false;
        }
    }

    /// <summary>Marks where an actor enters and leaves the core, so that the stage can tell when nobody is inside.</summary>
    public static void Mark(bool isInside)
    {
        if (_self is { } self)
        {
            self.IsInside = isInside;
        }
    }

    /// <summary>Gives the pool's thread something to do.</summary>
    public static void Queue(Action work)
    {
        if (_current is { } scheduler)
        {
            scheduler._queued.Enqueue(work);
            scheduler.Pool.Script ??= scheduler.RunQueued;
        }
        else
        {
            work();
        }
    }

    [DoesNotReturn]
    public static void Fail(string message)
    {
        if (_current is { } scheduler)
        {
            scheduler.Finding ??= message;
        }

        throw new Violation(message);
    }

    /// <summary>Plays a stage once.</summary>
    public void Run(Stage stage, Course course)
    {
        _stage = stage;
        _course = course;
        Finding = null;
        _made = null;
        _queued.Clear();
        for (var i = 0; i < _actors.Length; i++)
        {
            _actors[i].Script = i < stage.Scripts.Count ? stage.Scripts[i].Does : null;
            _actors[i].WaitsFor = null;
            _actors[i].IsInside = false;
        }

        HandOn(Decide(self: null, site: null, Access.Read)!);
        if (!_ended.Wait(Watchdog))
        {
            Finding ??= $"Runs on without an end, outside all steps, after {_made?.Description}.";
            IsDisbanded = true;
            return;
        }

        if (Finding is null)
        {
            try
            {
                stage.CheckEnd();
            }
            catch (Exception exception)
            {
                Finding = $"At the end: {exception.Message}";
            }
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        IsDisbanded = true;
        foreach (var actor in _actors)
        {
            actor.Give();
        }

        _ended.Dispose();
    }

    public void Play(Actor actor)
    {
        try
        {
            if (Finding is null)
            {
                Statics.Empty();
                actor.Script!();
            }
        }
        catch (RunAborted)
        {
            // Another has found something.
        }
        catch (Exception exception)
        {
            Finding ??= exception is Violation ? exception.Message : $"{actor.Letter} ends in {exception}";
        }

        actor.Script = null;
        actor.IsInside = false;
        if (Finding is null)
        {
            _stage.Collect();
            Look();
        }

        if (Decide(actor, site: null, Access.Read) is { } next)
        {
            HandOn(next);
        }
        else
        {
            _ended.Release();
        }
    }

    private static void HandOn(Actor next) => next.Give();

    private void RunQueued()
    {
        while (_queued.TryDequeue(out var work))
        {
            Mark(isInside: true);
            work();
            Mark(isInside: false);
        }
    }

    private void Arrive(Actor self, Site site, Access access)
    {
        if (Finding is not null)
        {
            throw new RunAborted();
        }

        if (site.IsQuiet)
        {
            return;
        }

        Look();
        if (Finding is not null)
        {
            throw new RunAborted();
        }

        if (_course.Length > MostSteps)
        {
            Fail($"Runs on without an end: {site.Description}.");
        }

        var next = Decide(self, site, access);
        if (next != self)
        {
            HandOn(next!);
            self.Take();
        }

        if (Finding is not null)
        {
            throw new RunAborted();
        }

        _made = site;
        _course.Note(self, site);
    }

    /// <summary>The stage looks at the state that was reached.</summary>
    private void Look()
    {
        _isLooking = true;
        try
        {
            _stage.CheckState(_queued.Count == 0 && !Array.Exists(_actors, static actor => actor.IsInside), _made);
        }
        catch (Exception exception)
        {
            Finding ??= exception is Violation ? exception.Message : $"The state cannot be looked at: {exception}";
        }
        finally
        {
            _isLooking = false;
        }
    }

    private Actor? Decide(Actor? self, Site? site, Access access)
    {
        if (Finding is not null)
        {
            return Array.Find(_actors, static actor => actor.Script is not null);
        }

        var count = 0;
        _isLooking = true;
        for (var i = 0; i < _actors.Length; i++)
        {
            _mayRun[i] = _actors[i].MayRun;
            count += _mayRun[i] ? 1 : 0;
        }

        _isLooking = false;
        if (count > 0)
        {
            var isFree = self is null || !_mayRun[self.Index] || _spinning == self;
            _spinning = null;
            return _actors[_course.Choose(self?.Index ?? -1, _mayRun, isFree, site, access)];
        }

        if (Array.Find(_actors, static actor => actor.Script is not null) is { } stuck)
        {
            Finding = "Stuck: " + string.Join("; ", _actors.Where(actor => actor.Script is not null).Select(actor => $"{actor.Letter} waits for ever at {actor.WaitsWhere}")) + $". {Unseen(_stage.ToString)}";
            return stuck;
        }

        return null;
    }

    private Site SiteOf(string operation, string what, string file, int line, string member)
    {
        ref var site = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_sites, (file.Length == 0 ? what : file, line, operation), out _);
        return site ??= new Site(operation, what, file, line, member);
    }

    /// <summary>Literals are interned: the same text is the same object.</summary>
    private sealed class BySite : IEqualityComparer<(string File, int Line, string Operation)>
    {
        public bool Equals((string File, int Line, string Operation) x, (string File, int Line, string Operation) y) =>
            x.Line == y.Line && ReferenceEquals(x.File, y.File) && ReferenceEquals(x.Operation, y.Operation);

        public int GetHashCode((string File, int Line, string Operation) obj) =>
            (RuntimeHelpers.GetHashCode(obj.File) * 31) + (RuntimeHelpers.GetHashCode(obj.Operation) * 7) + obj.Line;
    }
}
