using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Report;

/// <summary>Shows a run while it goes on, and what came of it. Called from many threads, one at a time or not.</summary>
internal interface IRunView
{
    /// <summary>How often it wants to be shown what goes on.</summary>
    TimeSpan SampleEvery(Scenario scenario);

    /// <summary>The server is up and warm; the first request is about to be sent.</summary>
    void Started(Scenario scenario, Sharing sharing);

    /// <summary>What the user may change from now on.</summary>
    void Controlled(LoadControl control);

    /// <summary>The user has changed something.</summary>
    void Changed(string what, TimeSpan at);

    /// <summary>A client sends its first request.</summary>
    void Arrived(ClientPlan client, TimeSpan at);

    /// <summary>The last request of a client has ended.</summary>
    void Finished(ClientPlan client, TimeSpan at);

    /// <summary>What goes on now; called at regular intervals.</summary>
    void Show(RunSample sample);

    /// <summary>The run is over.</summary>
    void Ended(RunReport report);
}
