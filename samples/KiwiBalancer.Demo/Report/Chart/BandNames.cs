using KiwiBalancer.Demo.Measuring;
using ScottPlot;

namespace KiwiBalancer.Demo.Report.Chart;

/// <summary>Writes each client's name into its part of the stack, where that is highest.</summary>
internal static class BandNames
{
    // As a part of the limit: in less height the name does not fit.
    private const double LeastHeight = 0.07;

    // As a part of the bins: about as long as a name is.
    private const int Window = RunCourse.Bins / 12;

    public static void Add(Plot plot, double[] times, IReadOnlyList<ClientCourse> clients, int slots)
    {
        for (int client = 0; client < clients.Count; client++)
        {
            double[] held = clients[client].InFlight;
            int bin = Enumerable.Range(0, held.Length - Window).MaxBy(i => held.AsSpan(i, Window).ToArray().Min()) + (Window / 2);
            if (held[bin] < LeastHeight * slots)
            {
                continue;
            }

            double below = clients.Take(client).Sum(c => c.InFlight[bin]);
            ScottPlot.Plottables.Text name = plot.Add.Text(clients[client].Name, times[bin], below + (held[bin] / 2));
            (byte red, byte green, byte blue) = Palette.Of(client);
            name.LabelFontColor = Palette.IsLight(red, green, blue) ? Colors.Black : Colors.White;
            name.LabelFontSize = 16;
            name.LabelAlignment = Alignment.MiddleCenter;
        }
    }
}
