using System.Diagnostics;

namespace KiwiBalancer.Diagnostics;

/// <summary>The names of tags, on metrics and spans.</summary>
internal static class Tag
{
    public const string Balancer = "kiwibalancer.name";
    public const string Client = "kiwibalancer.client";
    public const string Cost = "kiwibalancer.cost";
    public const string Result = "kiwibalancer.result";
    public const string ErrorType = "error.type";

    /// <summary>The tags of a measurement of a balancer, or of one of its clients.</summary>
    public static TagList Of(string balancer, string? client)
    {
        var tags = new TagList { { Balancer, balancer } };
        if (client is not null)
        {
            tags.Add(Client, client);
        }

        return tags;
    }
}
