using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>The demo with other numbers of files and events: a campaign whose steps are run one stage after the other.</summary>
internal sealed class FlowCampaign
{
    // Events of 20,000 candidates a file, and files in proportion to the demo; a million candidates in 50 files.
    private static readonly (string Process, string Use, int Files, int Events)[] Million =
    [
        ("DYToLL_M50", "both", 14, 13_700),
        ("TTToSemiLeptonic", "both", 6, 6_580),
        ("WJetsToLNu", "both", 2, 24_100),
        ("QCD_Pt15to1000", "both", 12, 14_085),
        ("TauGun", "train", 7, 14_185),
        ("EGun", "train", 3, 10_580),
        ("MuGun", "train", 3, 10_580),
        ("GluGluHToTauTau_M125", "evaluate", 3, 16_950),
    ];

    // The files and events of the demo.
    private static readonly (string Process, string Use, int Files, int Events)[] Once =
    [
        ("DYToLL_M50", "both", 2, 14_000),
        ("TTToSemiLeptonic", "both", 2, 2_500),
        ("WJetsToLNu", "both", 2, 3_000),
        ("QCD_Pt15to1000", "both", 2, 10_000),
        ("TauGun", "train", 1, 10_000),
        ("EGun", "train", 1, 4_000),
        ("MuGun", "train", 1, 4_000),
        ("GluGluHToTauTau_M125", "evaluate", 1, 6_000),
    ];

    private readonly string _file;

    private FlowCampaign(string folder, string name, string datasets)
    {
        Out = Path.Combine(folder, name);
        _file = Path.Combine(folder, $"{name}.yaml");
        // One epoch: what is measured is the flow of candidates, of which training is no part.
        File.WriteAllText(
            _file,
            $"campaign: {name}\ninclude: {Path.Combine(Environment.CurrentDirectory, "configs", "demo.yaml")}\n{datasets}train: {{ epochs: 1 }}\n"
        );
    }

    /// <summary>Where products go.</summary>
    public string Out { get; }

    /// <summary>The raw files.</summary>
    public IEnumerable<string> Raw =>
        Directory.EnumerateFiles(Path.Combine(Out, "generate"), "*.root", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Candidates in the raw files.</summary>
    public long Candidates => Raw.Sum(file =>
    {
        using RootFile root = RootFile.Open(file);
        return root.Tree("taus").Entries;
    });

    /// <summary>The demo as it is.</summary>
    public static FlowCampaign Demo(string folder, string name) => new(folder, name, "");

    /// <summary>A million candidates in 50 files.</summary>
    public static FlowCampaign OfMillion(string folder, string name) => new(folder, name, Datasets(Million, 1));

    /// <summary>The demo with so many times the files.</summary>
    public static FlowCampaign DemoTimes(string folder, int times) => new(
        folder, string.Create(CultureInfo.InvariantCulture, $"x{times}"), Datasets(Once, times));

    private static string Datasets(IEnumerable<(string Process, string Use, int Files, int Events)> datasets, int times)
    {
        var text = new StringBuilder("datasets:\n");
        foreach ((string process, string use, int files, int events) in datasets)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {process}: {{ use: {use}, generate: {{ process: {process}, files: {files * times}, events: {events} }} }}\n");
        return text.ToString();
    }

    /// <summary>Brings a stage up to date; what is before it must be.</summary>
    public ChildUsage Run(string stage, int jobs) => ChildUsage.Of("dotnet",
        [
            "exec",
            Host,
            $"--target={stage}",
            $"--config={_file}",
            $"--out={Out}",
            $"--jobs={jobs.ToString(CultureInfo.InvariantCulture)}",
        ],
        Environment.CurrentDirectory);

    /// <summary>The branches of a raw file that the demo's ingestion names.</summary>
    public static IReadOnlyList<string> BranchesOfIngest(string raw)
    {
        using RootFile root = RootFile.Open(raw);
        string block = string.Concat(new[] { "generated.yaml", "generated-flow.yaml" }.Select(file =>
            File.ReadAllText(Path.Combine(Environment.CurrentDirectory, "configs", "fragments", file))
                .Split("\ningest:")[1].Split("\nsplit:")[0]));
        HashSet<string> words = [.. Regex.Matches(block, "[A-Za-z_][A-Za-z_0-9]*").Select(match => match.Value)];
        return [.. root.Tree("taus").Branches.Select(branch => branch.Name).Where(words.Contains)];
    }

    // The copy of the host that started us was used last.
    internal static string Host =>
        Path.Combine(
            Directory.EnumerateDirectories(Path.Combine(Environment.CurrentDirectory, ".artifacts", "host"))
        .Where(copy => File.Exists(Path.Combine(copy, "TauPipeline.Host.dll")))
        .MaxBy(Directory.GetLastWriteTimeUtc)!,
    "TauPipeline.Host.dll");
}
