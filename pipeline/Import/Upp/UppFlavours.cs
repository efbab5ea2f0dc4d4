using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>Jet flavours and the cuts on truth labels that make them: those of flavour tagging, or of the file that is named.</summary>
internal sealed class UppFlavours
{
    private const string Cone = "HadronConeExclTruthLabelID", Extended = "HadronConeExclExtendedTruthLabelID", Large = "R10TruthLabel_R22v1";

    // Labels as the collaboration defines them.
    private static readonly (string Name, string Truth)[] Standard =
    [
        ("bjets", $"{Cone} == 5"), ("cjets", $"{Cone} == 4"), ("ujets", $"{Cone} == 0"), ("taujets", $"{Cone} == 15"),
        ("singlebjets", $"{Extended} == 5"), ("bcjets", $"{Extended} == 54"), ("bbjets", $"{Extended} == 55"),
        ("singlecjets", $"{Extended} == 4"), ("ccjets", $"{Extended} == 44"),
        ("hbb", $"{Large} == 11"), ("hcc", $"{Large} == 12"), ("top", $"{Large} in {{1, 6, 7}}"), ("qcd", $"{Large} == 10"),
        ("tqqb", $"{Large} == 1"), ("wqq_from_t", $"{Large} == 6"), ("other_from_t", $"{Large} == 7"),
    ];

    private readonly Dictionary<string, string> _truth;

    private UppFlavours(IEnumerable<(string Name, string Truth)> all) =>
        _truth = all.ToDictionary(one => one.Name, one => one.Truth, StringComparer.Ordinal);

    /// <summary>Those that <c>global: flavour_config:</c> names, or the standard ones.</summary>
    public static UppFlavours Read(ImportSource source, ForeignNode global)
    {
        global.Find("flavour_category")?.TakeAll();
        if (global.Find("flavour_config") is not { Text: { } path } named) return new UppFlavours(Standard);
        ForeignNode list = source.First.Beside(path).Top ?? throw named.Wrong("a YAML file of flavours");
        var all = new List<(string, string)>();
        foreach (ForeignNode one in list.Items)
        {
            string name = one.Need("name").Text ?? throw one.Wrong("a name");
            if (all.Any(other => other.Item1 == name)) throw one.Wrong($"a flavour other than '{name}', which stands above,");
            all.Add((name, UppCut.All(one.Need("cuts"))));
        }
        return new UppFlavours(all);
    }

    /// <summary>The truth rule of a flavour.</summary>
    /// <exception cref="Misuse">Nobody knows it.</exception>
    public string TruthOf(string flavour, string where) => _truth.TryGetValue(flavour, out string? truth) ? truth
        : throw new Misuse(new ErrorText(
            $"{where}: '{flavour}' is no flavour that is known",
            [("nearest", ErrorText.Nearest(flavour, _truth.Keys)), ("known", string.Join(", ", _truth.Keys))],
            "give its cuts in a file that  global: flavour_config:  names"));

    /// <summary>Writes the classes, in this order, which is that of UPP's labels; the first is what the others are told from.</summary>
    public void Write(CampaignBlock campaign, IReadOnlyList<string> used)
    {
        CampaignBlock classes = campaign.Block(
            "classes",
            "In the order of flavour_label. UPP has no signal and no background: the first is told from the others here.");
        foreach (string flavour in used)
            classes.Block(flavour).Add("role", flavour == used[0] ? "signal" : "background").Add("truth", _truth[flavour]);
    }
}
