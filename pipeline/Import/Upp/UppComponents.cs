using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>A region of phase space with what UPP takes there: samples, flavours, and jets of each flavour (negative for all).</summary>
internal sealed record UppRegion(
    string Name, string[] Cuts, List<string> Samples, List<string> Flavours, long Rows, long? ValidationRows);

/// <summary>A sample: its files, and the flavours that some region takes of it.</summary>
internal sealed record UppSample(string Name, IReadOnlyList<string> Patterns, HashSet<string> Flavours);

/// <summary>
/// The components of a UPP configuration, gathered by region: there one is a region, a sample and a flavour, here all of a region are
/// drawn together.
/// </summary>
internal sealed class UppComponents
{
    private readonly List<UppRegion> _regions = [];
    private readonly List<UppSample> _samples = [];

    private UppComponents() { }

    /// <summary>All flavours in the order in which they first appear: that of UPP's labels.</summary>
    public List<string> Flavours { get; } = [];

    /// <summary>The regions, in the file's order.</summary>
    public IReadOnlyList<UppRegion> Regions => _regions;

    /// <summary>Reads the list.</summary>
    public static UppComponents Read(ForeignNode list, UppFlavours known, ImportNotes notes)
    {
        var components = new UppComponents();
        foreach (ForeignNode one in list.Items) components.Add(one, known, notes);
        if (components.Flavours.Count < 2) throw list.Wrong("at least two flavours to tell apart");
        return components;
    }

    /// <summary>The samples that a flavour is taken from.</summary>
    public IEnumerable<string> SamplesOf(string flavour) =>
        _samples.Where(sample => sample.Flavours.Contains(flavour)).Select(sample => sample.Name);

    /// <summary>Writes the samples as datasets.</summary>
    public void WriteDatasets(CampaignBlock campaign, Func<string, string> pathOf)
    {
        CampaignBlock datasets = campaign.Block("datasets");
        foreach (UppSample sample in _samples)
            datasets.Block(sample.Name).Add("use", "both").Add("files", sample.Patterns.Select(pathOf));
    }

    /// <summary>Writes the regions, asked for in train and validation alone, as UPP does.</summary>
    /// <param name="split">The block of the split.</param>
    /// <param name="known">The rules of flavours.</param>
    /// <param name="ranges">Within what resampled variables must lie.</param>
    public void WriteRegions(CampaignBlock split, UppFlavours known, IReadOnlyList<string> ranges)
    {
        CampaignBlock regions = split.Block("regions", "In test all jets stay, as in UPP.");
        foreach (UppRegion region in _regions)
        {
            List<string> rules = [.. region.Cuts.Concat(ranges).Distinct()];
            if (Flavours.Except(region.Flavours).Any())
                rules.Add($"({string.Join(" or ", region.Flavours.Select(flavour => known.TruthOf(flavour, "")))})");
            regions.Block(region.Name)
                .Add("datasets", region.Samples)
                .Add("selection", rules.Count == 0 ? "1 == 1" : string.Join(" and ", rules))
                .Add("parts", ["train", "validation"]);
        }
    }

    private void Add(ForeignNode component, UppFlavours known, ImportNotes notes)
    {
        ForeignNode region = component.Need("region"), sample = component.Need("sample");
        string name = NameOf(region), of = NameOf(sample);
        string[] cuts = region.Find("cuts") is { } list ? [.. UppCut.Each(list)] : [];
        IReadOnlyList<string> flavours = component.Need("flavours").Texts(), patterns = sample.Need("pattern").Texts();
        foreach (string flavour in flavours)
        {
            known.TruthOf(flavour, component.At("flavours"));
            if (!Flavours.Contains(flavour)) Flavours.Add(flavour);
        }
        if (patterns.Count > 1 && sample.Find("equal_jets")?.Flag() != false)
            notes.Add(sample.At("equal_jets"), $"{of}.equal_jets", "jets are taken as they are: no pattern is cut down to the shortest");
        sample.Find("equal_jets");
        notes.AddIfThere(component, "in test all jets stay", "num_jets_test");
        long rows = component.Find("num_jets")?.Whole() ?? -1;
        long? validation = component.Find("num_jets_val")?.Whole();
        if (_samples.Find(other => other.Name == of) is not { } there) _samples.Add(there = new UppSample(of, patterns, []));
        there.Flavours.UnionWith(flavours);

        if (_regions.Find(other => other.Name == name) is not { } before)
        {
            _regions.Add(new UppRegion(name, cuts, [of], [.. flavours], rows, validation));
            return;
        }
        if (!before.Cuts.SequenceEqual(cuts)) throw region.Wrong($"the cuts that '{name}' has above ({string.Join(" and ", before.Cuts)})");
        if ((before.Rows, before.ValidationRows) != (rows, validation))
            notes.Add(
                component.At("num_jets"), "num_jets", $"a region gives the same number of jets of each flavour: {before.Rows}, as above");
        before.Samples.AddRange(new[] { of }.Except(before.Samples));
        before.Flavours.AddRange(flavours.Except(before.Flavours));
    }

    private static string NameOf(ForeignNode named) => named.Need("name").Text ?? throw named.Wrong("a name");
}
