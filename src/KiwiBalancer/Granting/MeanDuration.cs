namespace KiwiBalancer.Granting;

/// <summary>
/// The mean duration of a slot's use, by Little's law: slot-seconds over slots given back. It needs no timestamp per request, and it is the slice
/// that makes virtual deadlines out of virtual times: too short serves the light first, too long the heavy.
/// </summary>
internal sealed class MeanDuration
{
    // So many releases, and at least eight rounds of all slots, are remembered before the older half fades.
    private const long MinWindow = 256;
    private const int WindowInRounds = 8;
    private const double MaxError = 1.05;

    private double _slotSeconds;
    private double _returned;

    /// <summary>
    /// The slice; 0 until a request has ended. It follows the mean only when they are a twentieth apart, since keys in the heaps were made with it. (A fifth
    /// was too much: deadlines of a thousand light clients came so early that one of share 0.9 missed a turn a round, and fell 1.8 slots·D behind.)
    /// </summary>
    public double Slice { get; private set; }

    /// <summary>Accounts for <paramref name="elapsed"/> seconds with <paramref name="inFlight"/> slots in use, of which <paramref name="returned"/> then came back.</summary>
    public void Observe(double elapsed, int inFlight, int returned)
    {
        _slotSeconds += elapsed * inFlight;
        if (returned <= 0)
            return;

        // What runs has used slot-seconds too, and the first to end would seem to have used them all. Rather too short at first: a deadline that
        // proves too early is corrected when its turn comes, one too late is not.
        if (_returned == 0)
            _returned = inFlight;
        _returned += returned;
        var mean = _slotSeconds / _returned;
        if (mean > Slice * MaxError || mean * MaxError < Slice)
            Slice = mean;
        if (_returned > Math.Max(MinWindow, (long)WindowInRounds * inFlight))
        {
            _slotSeconds *= 0.5;
            _returned *= 0.5;
        }
    }
}
