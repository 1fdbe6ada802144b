using KiwiBalancer.Gateway.Operator;
using KiwiBalancer.Gateway.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Yarp.ReverseProxy.Transforms;

namespace KiwiBalancer.Gateway;

/// <summary>The gateway as an application: everything goes through the balancer and on to the upstream, but for what the operator asks.</summary>
internal static class GatewayApp
{
    public const string Section = "Gateway";

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Empty rather than slim: the usual builder reads appsettings.json too, and takes a broken one for an empty one.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        IConfiguration arguments = new ConfigurationBuilder().AddCommandLine(args).Build();
        var file = new SettingsFile(arguments["Settings"] ?? "appsettings.json");
        ((IConfigurationBuilder)builder.Configuration).Add(file);
        builder.Configuration.AddEnvironmentVariables("KIWI_").AddCommandLine(args);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true);
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(builder.Configuration["Urls"] ?? "http://127.0.0.1:5080");

        IConfigurationSection section = builder.Configuration.GetSection(Section);
        builder.Services.AddKiwiBalancer(section).AddGateway(section);
        builder.Services.AddSingleton<IValidateOptions<KiwiBalancerOptions>>(new SettingsValidator(section));
        builder.Services.AddRouting();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(Upstream.Routes, Upstream.Clusters(section["Upstream"]))
            .AddTransforms(transforms => transforms.AddRequestTransform(request =>
            {
                // The client's key is for this gateway, not for the server behind it.
                if (request.HttpContext.RequestServices.GetRequiredService<SettingsInForce>().Current.ApiKeyHeader is { } header)
                {
                    request.ProxyRequest.Headers.Remove(header);
                }

                return default;
            }));
        builder.Services.AddSingleton<SettingsInForce>();
        builder.Services.AddHealthChecks().AddKiwiBalancer();
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("kiwi-gateway")).WithMetrics(metrics => metrics.AddMeter("KiwiBalancer", "Microsoft.AspNetCore.Hosting").AddPrometheusExporter());
        configure?.Invoke(builder);

        WebApplication app = builder.Build();
        file.Unreadable = exception => Log.UnreadableSettings(app.Logger, exception, file.Path);
        app.UseMiddleware<OperatorGate>();
        app.UseKiwiBalancer();
        app.MapHealthChecks("/health").DisableKiwiBalancer();
        app.MapPrometheusScrapingEndpoint("/metrics").DisableKiwiBalancer().WithMetadata(new OperatorOnly());
        app.MapGet("/kiwi", (IBalancer balancer) => TypedResults.Json(balancer.GetSnapshot())).DisableKiwiBalancer().WithMetadata(new OperatorOnly());
        app.MapReverseProxy();
        return app;
    }
}
