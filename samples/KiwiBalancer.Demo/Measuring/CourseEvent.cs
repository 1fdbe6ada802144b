namespace KiwiBalancer.Demo.Measuring;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">When, in seconds since it began.</param>
/// <param name="Text">What, in two or three words.</param>
internal readonly record struct CourseEvent(double At, string Text)
{
    private const double SameMoment = 1;

    /// <summary>Adds it to others. "limit 110", and at once after it "limit 120", is one event: the last.</summary>
    public void AddTo(List<CourseEvent> events)
    {
        if (events.Count > 0 && At - events[^1].At < SameMoment && IsNumbered && Subject == events[^1].Subject)
        {
            events.RemoveAt(events.Count - 1);
        }

        events.Add(this);
    }

    private bool IsNumbered => Text.Length > 0 && char.IsAsciiDigit(Text[^1]);

    // What it says something about: all but the last word.
    private string Subject => Text[..Math.Max(0, Text.LastIndexOf(' '))];
}
