using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>
/// A product as a ROOT file, for analyses: the rows of a tuple shard as <see cref="TupleShardAsRoot"/> lays them out, or a spectrum as
/// one TH2D a tau type. Packed with zlib, whose bytes follow from this program alone, not from a library of the machine.
/// </summary>
public sealed class RootProduct : IProductWriter<RootProduct>
{
    private readonly ProductOutput _to;

    private RootProduct(ProductOutput to) => _to = to;

    /// <summary>The libraries that its bytes come from.</summary>
    public static IReadOnlyList<string> Tools => Packed.Tools;

    private static RootCompression Packed => RootCompression.Zlib;

    /// <inheritdoc/>
    public static RootProduct Create(ProductOutput to) => new(to);

    /// <summary>Writes all declared columns of all rows.</summary>
    /// <exception cref="StepFailed">The shard is damaged, or the file cannot be written.</exception>
    public void Write(TupleShardReader rows, CancellationToken cancellation)
    {
        using RootFileWriter file = Begin(TupleShardAsRoot.TreeName);
        TupleShardAsRoot.Fill(file, rows, [.. rows.Schema.Columns.Select(column => column.Name)], cancellation);
    }

    /// <summary>
    /// Writes the counts of each tau type seen, and of each of its decay modes: x is abs eta, y is pt in GeV, with under- and overflow.
    /// </summary>
    /// <exception cref="StepFailed">The file cannot be written.</exception>
    public void Write(Spectrum spectrum)
    {
        using RootFileWriter file = Begin("spectrum");
        HistogramAxis absEta = HistogramAxis.Between(spectrum.AbsEta.Edges) with { Title = "|#eta|" },
            pt = HistogramAxis.Between(spectrum.Pt.Edges) with { Title = "p_{T} [GeV]" };
        foreach (TauClass type in spectrum.Types)
        {
            string title = $"candidates of type {type.Name}";
            file.Add(RootHistogram.Of(Spectrum.HistogramName(type), title, [absEta, pt], Cells(spectrum[type])));
            foreach (int mode in spectrum.ModesOf(type).Where(mode => mode != Spectrum.NoMode || spectrum.ModesOf(type).Count > 1))
            {
                string name = Spectrum.ModeName(mode);
                file.Add(RootHistogram.Of(
                    Spectrum.HistogramName(type, name), $"{title}, decay mode {name}", [absEta, pt], Cells(spectrum[type, mode])));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() { }

    // What the file calls itself says what it holds, not where it is.
    private RootFileWriter Begin(string name) => RootFileWriter.Create(_to.Path, Packed, $"{name}.root");

    // Ours has x outermost, ROOT's histogram y.
    private static double[] Cells(CountGrid counts)
    {
        int width = counts.X.Count + 2, height = counts.Y.Count + 2;
        var cells = new double[width * height];
        for (int x = 0; x < width; x++)
            for (int y = 0; y < height; y++) cells[y * width + x] = counts[x - 1, y - 1];
        return cells;
    }
}
