namespace KiwiBalancer.Demo.Report.Live;

/// <summary>What the live view is drawn on.</summary>
internal interface ITerminal
{
    int Width { get; }

    int Height { get; }

    /// <summary>Takes the whole screen, until <see cref="Close"/>; what stood there comes back then.</summary>
    void Open();

    /// <summary>Gives the screen and the cursor back. May be called again, and by any thread.</summary>
    void Close();

    /// <summary>Replaces the picture in one write, so that nothing flickers. Does nothing unless open.</summary>
    void Show(string frame);

    /// <summary>The next key, if one was pressed.</summary>
    bool TryReadKey(out ConsoleKeyInfo key);
}
