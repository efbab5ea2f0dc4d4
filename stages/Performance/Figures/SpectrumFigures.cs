using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Plotting;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// What mixing and weights do to the spectra of the classes: pt and abs eta of the train rows before mixing, of the mixed rows, and of the
/// mixed rows with their training weights.
/// </summary>
internal sealed class SpectrumFigures
{
    private const string Prefix = "spectrum_";
    private const string Group = "spectra before and after mixing, and with training weights";
    private const string Normalised = "Train rows, each class normalised to unit area inside the bins; errors are statistical.";

    private static readonly string[] Columns = [CandidateColumns.Type, CandidateColumns.Pt, CandidateColumns.Eta];

    private readonly SpectrumSettings _binning;
    private readonly Spectrum _before;
    private readonly (WeightedHistogram Pt, WeightedHistogram AbsEta)[] _mixed, _weighted;

    /// <param name="binning">Bins and classes.</param>
    /// <param name="before">The train rows of all datasets.</param>
    public SpectrumFigures(SpectrumSettings binning, Spectrum before)
    {
        (_binning, _before) = (binning, before);
        _mixed = [.. binning.Classes.All.Select(_ => Empty())];
        _weighted = [.. binning.Classes.All.Select(_ => Empty())];

        (WeightedHistogram, WeightedHistogram) Empty() => (new WeightedHistogram(binning.Pt), new WeightedHistogram(binning.AbsEta));
    }

    /// <summary>The kind of figures: what they are drawn from, and how.</summary>
    public static FigureKind Kind(PlotSources sources, PlotSettings settings)
    {
        Training first = sources.Parts.Trainings[0];
        return new(
            new("spectra", Headings.Sampling),
            [
                .. sources.Spectra.Select(spectrum => new StepInput("spectrum", spectrum)),
                .. sources.Mixed.Of(first, SplitSettings.Train).Select(shard => new StepInput(SplitSettings.Train, shard, Columns)),
                new StepInput("weights", WeightsStage.Rows(first, SplitSettings.Train)),
            ],
            settings.UsedBy().And(sources.Binning.Used),
            run => Draw(run, first, sources).Of(settings));
    }

    private static SpectrumFigures Draw(StepRun run, Training first, PlotSources sources)
    {
        Spectrum before = sources.Binning.Empty();
        foreach (Artifact<SpectrumFile> spectrum in sources.Spectra)
            before.Add(run.Read(spectrum).Spectrum.In(sources.Binning.AbsEta, sources.Binning.Pt));
        var figures = new SpectrumFigures(sources.Binning, before);
        using TupleShardReader weights = run.Stream<TupleShardReader>(WeightsStage.Rows(first, SplitSettings.Train));
        long row = 0;
        foreach (Batch rows in new ShardSequence(run, sources.Mixed.Of(first, SplitSettings.Train)).Batches(Columns))
        {
            figures.Fill(rows, weights.Read(row, rows.Rows).Flat<float>(CandidateColumns.Weight));
            row += rows.Rows;
        }
        return figures;
    }

    /// <summary>Adds mixed rows, of which <paramref name="weights"/> are the training weights.</summary>
    public void Fill(Batch rows, ReadOnlySpan<float> weights)
    {
        ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> pt = rows.Flat<float>(CandidateColumns.Pt), eta = rows.Flat<float>(CandidateColumns.Eta);
        for (int row = 0; row < types.Length; row++)
        {
            int one = _binning.Classes.Of(types[row]).Index;
            float absEta = MathF.Abs(eta[row]);
            if (!_binning.Pt.Contains(pt[row]) || !_binning.AbsEta.Contains(absEta)) continue;
            _mixed[one].Pt.Fill(pt[row]);
            _mixed[one].AbsEta.Fill(absEta);
            _weighted[one].Pt.Fill(pt[row], weights[row]);
            _weighted[one].AbsEta.Fill(absEta, weights[row]);
        }
    }

    /// <summary>The figures, one of each quantity before mixing, after it, and with weights.</summary>
    public IEnumerable<NamedFigure> Of(PlotSettings settings)
    {
        const string Before = "before mixing", Mixed = "mixed", Weighted = "mixed, with training weights";
        (string, string, Func<TauClass, (double[] Contents, double[] Squares)>, Func<TauClass, (double[], double[])>)[] all =
        [
            ("before", Before, one => Counted(_before[one], alongPt: true), one => Counted(_before[one], alongPt: false)),
            ("mixed", Mixed, one => Filled(_mixed[one.Index].Pt), one => Filled(_mixed[one.Index].AbsEta)),
            ("weighted", Weighted, one => Filled(_weighted[one.Index].Pt), one => Filled(_weighted[one.Index].AbsEta)),
        ];
        foreach ((string name, string what, var ofPt, var ofEta) in all)
        {
            yield return Figure($"{Prefix}pt_{name}", what, ("p_T", "p_T [GeV]", _binning.Pt), ofPt, settings);
            yield return Figure($"{Prefix}abs_eta_{name}", what, ("|η|", "|η|", _binning.AbsEta), ofEta, settings);
        }
    }

    private NamedFigure Figure(
        string name,
        string what,
        (string Name, string Label, BinEdges Bins) quantity,
        Func<TauClass, (double[] Contents, double[] Squares)> of,
        PlotSettings settings)
    {
        bool isPt = quantity.Bins == _binning.Pt;
        return new NamedFigure(name, new HistogramFigure
        {
            Title = $"{quantity.Name} of train rows, {what}",
            Caption = Normalised,
            X = new PlotAxis(quantity.Label, Log: isPt && quantity.Bins.Low > 0),
            Y = new PlotAxis("Density", Log: isPt),
            Edges = [.. quantity.Bins.Edges],
            Series =
            [
                .. from one in _binning.Classes.All
                   let filled = of(one)
                   where filled.Contents.Any(content => content != 0)
                   select NormalisedSeries.Of(_binning.Classes.Title(one), filled.Contents, filled.Squares, quantity.Bins),
            ],
            Width = settings.Width * 3 / 4,
            Height = settings.Height * 3 / 4,
        })
        { Group = Group };
    }

    private static (double[], double[]) Filled(WeightedHistogram histogram) => (histogram.Contents, histogram.Squares);

    // Of candidates inside the bins of both, as of mixed rows.
    private (double[], double[]) Counted(CountGrid counts, bool alongPt)
    {
        var along = new double[alongPt ? _binning.Pt.Count : _binning.AbsEta.Count];
        for (int eta = 0; eta < _binning.AbsEta.Count; eta++)
            for (int pt = 0; pt < _binning.Pt.Count; pt++) along[alongPt ? pt : eta] += counts[eta, pt];
        return (along, along);
    }
}
