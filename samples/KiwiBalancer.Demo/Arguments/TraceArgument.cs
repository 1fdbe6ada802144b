namespace KiwiBalancer.Demo.Arguments;

/// <summary>One <c>--trace FILE:client:weight</c>.</summary>
/// <param name="Path">The CSV file.</param>
/// <param name="Client">The name of the client that sends its requests.</param>
/// <param name="Weight">The client's relative claim.</param>
internal sealed record TraceArgument(string Path, string Client, int Weight)
{
    public const string Option = "--trace";

    public static TraceArgument Parse(string text)
    {
        // Read from the right: a path may have colons in it.
        int second = text.LastIndexOf(':');
        int first = second > 0 ? text.LastIndexOf(':', second - 1) : -1;
        if (first < 1)
        {
            throw new WrongArgumentException($"{Option} is '{text}', but must be FILE:client:weight; write for example requests.csv:chat:1");
        }

        string path = text[..first];
        if (!File.Exists(path))
        {
            throw new WrongArgumentException($"{Option} names the file '{path}', but there is none; give the path of a CSV file");
        }

        string client = ArgumentText.ClientName(Option, text[(first + 1)..second]);
        return new TraceArgument(path, client, ArgumentText.Integer($"the weight of client '{client}'", text[(second + 1)..], 1, ClientArgument.MaxWeight));
    }
}
