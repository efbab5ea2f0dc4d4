using TauPipeline.Columns;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>
/// Events of NanoAOD files, whole or cut from the real one of CMS Open Data with our own writer, and what their branches say.
/// </summary>
internal sealed class CutNanoAod
{
    private const byte Genuine = 5;

    private static readonly string[] Branches =
    [
        "run", "luminosityBlock", "event",
        .. new[]
        {
            "pt",
            "eta",
            "phi",
            "mass",
            "charge",
            "decayMode",
            "dz",
            "dxy",
            "chargedIso",
            "neutralIso",
            "photonsOutsideSignalCone",
            "rawIso",
            "rawIsodR03",
            "puCorr",
            "leadTkDeltaEta",
            "leadTkDeltaPhi",
            "leadTkPtOverTauPt",
            "jetIdx",
            "genPartFlav",
            "rawMVAoldDM",
            "idMVAoldDM",
            "idAntiEle",
            "idAntiMu",
        }.Select(name => $"Tau_{name}"),
        .. new[] { "mass", "chHEF", "chEmEF", "neEmEF", "muEF", "nConstituents", "genJetIdx" }.Select(name => $"Jet_{name}"),
    ];

    // What the area needs beside the score itself: some reported files lack others.
    private static readonly string[] ForArea = ["Tau_genPartFlav", "Tau_decayMode", "Tau_dz", "Tau_jetIdx", "Jet_genJetIdx"];

    private readonly Batch[] _files;

    private CutNanoAod(params Batch[] files) => _files = files;

    /// <summary>All events of some files, with this score.</summary>
    public static CutNanoAod Whole(string score, params IEnumerable<string> paths) =>
        new([.. paths.Select(path => Read(path, [score, .. ForArea]))]);

    /// <summary>The first events that have exactly so many candidates together.</summary>
    public static CutNanoAod Of(int candidates) => Take(candidates, _ => true);

    /// <summary>The first events whose candidates are genuine taus, with so many together.</summary>
    public static CutNanoAod OfGenuine(int candidates) => Take(candidates, flavours => flavours.All(flavour => flavour == Genuine));

    /// <summary>Writes the file; without truth as data are.</summary>
    public string Write(string path, bool truth = true)
    {
        Batch events = _files.Single();
        Batch written = truth
            ? events
            : events.Only(events.Schema.Columns.Select(column => column.Name).Where(name => name != "Tau_genPartFlav"));
        using RootFileWriter file = RootFileWriter.Create(path, RootCompression.Zlib);
        file.Tree("Events", written.Schema).Append(written);
        return path;
    }

    /// <summary>
    /// The area under the curve of a branch's score for genuine taus against jets with the campaign's selection, by comparing
    /// every pair; ties count half.
    /// </summary>
    public (double Area, int Signal, int Background) PairArea(string branch)
    {
        (Batch File, int Row)[] events = [.. _files.SelectMany(file => Enumerable.Range(0, file.Rows).Select(row => (file, row)))];
        double[] Of(string name) => [.. events.SelectMany(one => Values(one.File, name, one.Row))];
        (double[] score, double[] flavour, double[] mode, double[] dz) = (
            Of(branch),
            Of("Tau_genPartFlav"),
            Of("Tau_decayMode"),
            Of("Tau_dz"));
        bool[] hasGenJet =
        [
            .. events.SelectMany(one =>
            {
                double[] genJets = Values(one.File, "Jet_genJetIdx", one.Row);
                return Values(one.File, "Tau_jetIdx", one.Row).Select(jet => jet >= 0 && jet < genJets.Length && genJets[(int)jet] >= 0);
            }),
        ];
        bool Selected(int i) => IsSelected(mode[i], dz[i]);
        double[] signal = [.. score.Where((_, i) => Selected(i) && flavour[i] == Genuine)];
        double[] background = [.. score.Where((_, i) => Selected(i) && flavour[i] == 0 && hasGenJet[i])];
        double won = signal.Sum(s => background.Sum(b => s > b ? 1 : s == b ? 0.5 : 0));
        return (won / (signal.Length * background.Length), signal.Length, background.Length);
    }

    /// <summary>A branch of all candidates that the campaign selects, whatever they are.</summary>
    public double[] Selected(string branch)
    {
        double[] Of(string name) =>
            [.. _files.SelectMany(file => Enumerable.Range(0, file.Rows).SelectMany(row => Values(file, name, row)))];
        (double[] mode, double[] dz) = (Of("Tau_decayMode"), Of("Tau_dz"));
        return [.. Of(branch).Where((_, i) => IsSelected(mode[i], dz[i]))];
    }

    private static bool IsSelected(double mode, double dz) => mode is 0 or 1 or 2 or 10 or 11 && Math.Abs((float)dz) < 0.2;

    private static CutNanoAod Take(int candidates, Func<double[], bool> wanted)
    {
        Batch all = Read(SharedData.At("real", "nanoAOD_2015_CMS_Open_Data_ttbar.root"), Branches);
        var rows = new List<int>();
        int left = candidates;
        for (int row = 0; row < all.Rows && left > 0; row++)
            if (Values(all, "Tau_genPartFlav", row) is { Length: > 0 } flavours && flavours.Length <= left && wanted(flavours))
            {
                rows.Add(row);
                left -= flavours.Length;
            }
        return left == 0
            ? new CutNanoAod(all.Take([.. rows]))
            : throw new InvalidOperationException($"{left} of {candidates} candidates are not to be had");
    }

    private static Batch Read(string path, string[] branches)
    {
        using RootFile file = RootFile.Open(path);
        return file.Tree("Events").Read(branches).Single();
    }

    private static double[] Values(Batch events, string branch, int row) => events.Take([row])[branch].ToDoubles();
}
