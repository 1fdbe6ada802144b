using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KiwiBalancer.Tests.Issues;

/// <summary>A section that was refused, because it was empty or a client's key was taken, had registered the balancer all the same: a host that caught the error resolved one without options.</summary>
public sealed class RefusedSectionRegistersHalfTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void AddKiwiBalancer_EmptySection_RegistersNothing()
    {
        var section = new ConfigurationBuilder().Build().GetSection("Kiwy");

        Assert.Throws<ArgumentException>("section", () => _services.AddKiwiBalancer(section));
        Assert.Throws<ArgumentException>("section", () => _services.AddKiwiBalancer("gpu", section));

        Assert.Empty(_services);
    }

    [Fact]
    public void AddKiwiBalancer_SecondClientsKeyIsTaken_RegistersNotEvenTheFirst()
    {
        _services.AddKiwiBalancer("gpu", options => options.Limit = 1).AddClient("b");
        var before = _services.Count;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Limit"] = "1", ["Clients:a:Weight"] = "1", ["Clients:gpu/b:Weight"] = "1" };

        Assert.Throws<InvalidOperationException>(() => _services.AddKiwiBalancer(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));

        Assert.Equal(before, _services.Count);
    }
}
