using System.Globalization;
using System.Text;

namespace KiwiBalancer.Interleavings.Tests.Exploring;

/// <summary>
/// Who goes on at each step: first what is prescribed, then as the explorer prefers (whoever runs goes on), remembering where else it could have gone. A course can be written down, <c>A12 B7 A3</c>, and run again from that.
/// </summary>
internal sealed class Course
{
    private readonly List<byte> _taken = [];
    private readonly List<(int Actor, Site Site)>? _steps;
    private readonly byte[]? _script;

    /// <summary>Explores: follows the decisions in <paramref name="plan"/> and adds those that come after.</summary>
    public Course(Plan plan) => Plan = plan;

    /// <summary>Follows a course that was written down, and remembers every step of it.</summary>
    public Course(string script)
    {
        _script = [.. script.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(part => Enumerable.Repeat((byte)(part[0] - 'A'), int.Parse(part.AsSpan(1), CultureInfo.InvariantCulture)))];
        _steps = [];
    }

    public int Length => _taken.Count;

    public IReadOnlyList<(int Actor, Site Site)> Steps => _steps ?? [];

    private Plan? Plan { get; }

    public int Choose(int self, bool[] mayRun, bool isFree, Site? site, Access access)
    {
        int next;
        if (_script is not null)
        {
            next = Length < _script.Length ? _script[Length] : isFree ? Array.IndexOf(mayRun, true) : self;
            if (!mayRun[next])
            {
                throw new InvalidOperationException($"This course cannot be followed: at step {Length}, {(char)('A' + next)} cannot run. The code has changed since it was written down.");
            }
        }
        else
        {
            next = Plan!.Choose(Length, self, mayRun, isFree, site, access);
        }

        _taken.Add((byte)next);
        return next;
    }

    public void Note(Actor self, Site site) => _steps?.Add((self.Index, site));

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < _taken.Count;)
        {
            var end = i;
            while (end < _taken.Count && _taken[end] == _taken[i])
            {
                end++;
            }

            text.Append(text.Length == 0 ? "" : " ").Append((char)('A' + _taken[i])).Append(end - i);
            i = end;
        }

        return text.ToString();
    }
}
