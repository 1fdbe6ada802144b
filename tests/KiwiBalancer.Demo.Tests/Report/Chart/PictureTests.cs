using KiwiBalancer.Demo.Measuring;
using KiwiBalancer.Demo.Report.Chart;
using KiwiBalancer.Demo.Tests.Support;

namespace KiwiBalancer.Demo.Tests.Report.Chart;

public sealed class PictureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, Picture.Width)]
    [InlineData(2, Picture.WidthOfTwo)]
    public void Save_Runs_WritesAPngOfTheRightSize(int runs, int width)
    {
        string path = _folder.File("chart.png");

        Picture.Save(path, [.. Enumerable.Repeat(SampleResult.TwoClients, runs)]);

        PngImage image = PngImage.Read(path);
        Assert.Equal((width, Picture.Height), (image.Width, image.Height));
    }

    [Fact]
    public void Save_ARun_ShowsEachClientInItsColourByItsSlots()
    {
        string path = _folder.File("chart.png");

        Picture.Save(path, [SampleResult.TwoClients]);

        // One holds 25 of 100 slots all the time and the other 75: a third of the area, but for names and lines drawn over it.
        PngImage image = PngImage.Read(path);
        double first = image.Count(Palette.Of(0));
        double second = image.Count(Palette.Of(1));
        Assert.InRange(first, 0.05 * image.Width * image.Height, 0.25 * image.Width * image.Height);
        Assert.InRange(second / first, 2.8, 3.2);
    }

    [Fact]
    public void Save_ManyClientsAndEvents_StillDraws()
    {
        RunCourse course = SampleResult.TwoClients.Course;
        ClientCourse[] clients = [.. Enumerable.Range(0, 100).Select(i => course.Clients[0] with { Name = $"c{i}" })];
        RunResult run = SampleResult.TwoClients with
        {
            Course = course with { Clients = clients, Events = [.. clients.Select((c, i) => new CourseEvent(i / 10.0, $"{c.Name} arrives"))] },
        };
        string path = _folder.File("chart.png");

        Picture.Save(path, [run]);

        Assert.Equal(Picture.Width, PngImage.Read(path).Width);
    }

    [Fact]
    public void Save_WhereThereIsNoFolder_FailsInOneLine()
    {
        var failed = Assert.Throws<RunFailedException>(() => Picture.Save(_folder.File("no/such/chart.png"), [SampleResult.TwoClients]));

        Assert.DoesNotContain('\n', failed.Message);
    }
}
