namespace KiwiBalancer.Demo.Report;

/// <summary>What one way of sharing slots promises and another does not.</summary>
[Flags]
internal enum Promise
{
    None = 0,

    /// <summary>While demand is at least the limit, every slot is in use.</summary>
    KeepsBusy = 1,

    /// <summary>Each client holds its weighted max-min share.</summary>
    SharesByWeight = 2,

    /// <summary>No two clients hold slots at once.</summary>
    OneClientAtATime = 4,

    /// <summary>A batch is done before the next one starts, and none joins a batch that runs.</summary>
    BatchAfterBatch = 8,
}
