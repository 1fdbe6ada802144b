namespace KiwiBalancer.Demo.Measuring;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">When, in seconds since it began.</param>
/// <param name="Text">What, in two or three words.</param>
internal readonly record struct CourseEvent(double At, string Text);
