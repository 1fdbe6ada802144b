namespace KiwiBalancer.Soak;

/// <param name="Seconds">How long load is made.</param>
/// <param name="Seed">What all random choices follow from; the interleaving does not.</param>
/// <param name="Clients">How many clients there are at any time, beside those that come and go.</param>
/// <param name="Limit">Around which the limit is changed.</param>
/// <param name="Report">A file for the report as well; null for none.</param>
public sealed record SoakArguments(int Seconds, int Seed, int Clients, int Limit, string? Report);
