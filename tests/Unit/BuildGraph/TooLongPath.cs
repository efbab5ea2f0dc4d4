namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Folders so deep below a folder that the system takes no path that long: who lists them all is refused, even root.</summary>
internal sealed class TooLongPath : IDisposable
{
    private const int Depth = 12, LongPart = 200; // two halves of 2400 characters, where 4095 are allowed
    private readonly string _from, _to;

    public TooLongPath(string folder)
    {
        string half = Path.Combine(Enumerable.Repeat(new string('d', LongPart), Depth).ToArray());
        string upper = Path.Combine(folder, half), top = Path.Combine(folder, "lower");
        Directory.CreateDirectory(upper);
        Directory.CreateDirectory(Path.Combine(top, half));
        _from = top;
        _to = Path.Combine(upper, "lower");
        Directory.Move(_from, _to);
    }

    /// <summary>Makes the paths short enough to be removed.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_to)) Directory.Move(_to, _from);
    }
}
