namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>Plays a scenario in every course it can take.</summary>
internal sealed class Explorer(Scenario scenario) : IDisposable
{
    private readonly int _actors = scenario.Make().Scripts.Count;
    private Scheduler? _scheduler;

    /// <summary>How many courses were played.</summary>
    public long Courses { get; private set; }

    /// <summary>Whether every course within the bound has been played.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Plays every course with at most so many preemptions, or <paramref name="most"/> of them.</summary>
    /// <returns>The first that must not be; null: there is none.</returns>
    public Finding? Explore(int preemptions, long most = long.MaxValue)
    {
        var conflicts = new Conflicts();
        IsComplete = false;

        // Once with few preemptions, anywhere, to learn which fields are shared; then as deep as asked, and again if more turn out to be shared.
        if (Walk(new Plan(Math.Min(preemptions, 1), conflicts), most) is { } early)
        {
            return early;
        }

        while (conflicts.Freeze() && Courses < most)
        {
            if (Walk(new Plan(preemptions, conflicts), most) is { } finding)
            {
                return finding;
            }
        }

        return null;
    }

    private Finding? Walk(Plan plan, long most)
    {
        IsComplete = false;
        do
        {
            if (Courses >= most)
            {
                return null;
            }

            Courses++;
            plan.Begin();
            if (Play(new Course(plan)) is { } finding)
            {
                return finding;
            }
        }
        while (plan.Advance());
        IsComplete = true;
        return null;
    }

    /// <summary>Plays one course that was written down.</summary>
    public Finding? Replay(string course) => Play(new Course(course));

    public void Dispose() => _scheduler?.Dispose();

    private Finding? Play(Course course)
    {
        if (_scheduler is not { IsDisbanded: false })
        {
            _scheduler = new Scheduler(_actors);
        }

        Statics.Empty();
        var stage = scenario.Make();
        _scheduler.Run(stage, course);
        if (_scheduler.Finding is not { } what)
        {
            return null;
        }

        if (course.Steps.Count == 0 && !_scheduler.IsDisbanded)
        {
            // Once more, to tell the steps.
            return Replay(course.ToString()) ?? Finding.From(scenario, stage, course, $"{what} (But not when it was played again.)");
        }

        return Finding.From(scenario, stage, course, what);
    }
}
