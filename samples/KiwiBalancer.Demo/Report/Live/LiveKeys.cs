using KiwiBalancer.Demo.Load;

namespace KiwiBalancer.Demo.Report.Live;

/// <summary>Does what a key asks for.</summary>
internal static class LiveKeys
{
    public static void Obey(LiveCommand command, LiveFrame frame, LiveModel model, LoadControl control)
    {
        switch (command)
        {
            case LiveCommand.SelectPrevious:
                model.Select(frame.Select(-1));
                break;
            case LiveCommand.SelectNext:
                model.Select(frame.Select(1));
                break;
            case LiveCommand.RaiseLimit:
                control.ChangeLimit(1);
                break;
            case LiveCommand.LowerLimit:
                control.ChangeLimit(-1);
                break;
            case LiveCommand.RaiseWeight:
                control.ChangeWeight(frame.Selected, 1);
                break;
            case LiveCommand.LowerWeight:
                control.ChangeWeight(frame.Selected, -1);
                break;
            case LiveCommand.AddClient:
                control.Add();
                break;
            case LiveCommand.RemoveClient:
                control.Remove(frame.Selected);
                break;
            case LiveCommand.TogglePause:
                control.TogglePause();
                break;
            case LiveCommand.Quit:
                control.Quit();
                break;
        }
    }
}
