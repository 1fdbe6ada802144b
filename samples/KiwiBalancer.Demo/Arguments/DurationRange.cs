namespace KiwiBalancer.Demo.Arguments;

/// <summary>How long requests run at the server: uniform between two whole numbers of milliseconds.</summary>
/// <param name="Least">The shortest, in milliseconds.</param>
/// <param name="Most">The longest, in milliseconds.</param>
internal readonly record struct DurationRange(int Least, int Most)
{
    public const string Option = "--duration";

    public static DurationRange Default => new(100, 300);

    public TimeSpan Mean => TimeSpan.FromMilliseconds((Least + Most) / 2.0);

    public static DurationRange Parse(string text)
    {
        string[] parts = text.Split('-');
        if (parts.Length != 2)
        {
            throw new WrongArgumentException($"{Option} is '{text}', but must be MIN-MAX in milliseconds; write for example 100-300");
        }

        int least = ArgumentText.Integer($"the least of {Option}", parts[0], 1, 60_000);
        int most = ArgumentText.Integer($"the most of {Option}", parts[1], 1, 60_000);
        return least <= most
            ? new DurationRange(least, most)
            : throw new WrongArgumentException($"{Option} is '{text}', but the least must not be above the most; write {most}-{least}");
    }
}
