using System.Text.RegularExpressions;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>What ShuffleMergeSpectral does: groups of datasets, thinned by their spectra and mixed.</summary>
internal static class TauMlMixing
{
    private static readonly string[] Standard = ["e", "mu", "tau", "jet"];

    /// <summary>Writes datasets, bins and the block <c>shuffle_merge:</c>.</summary>
    /// <returns>The datasets that each class comes from.</returns>
    public static ILookup<string, string> Write(CampaignBlock campaign, TauMlFiles files, ImportSource source, ImportNotes notes)
    {
        ForeignNode groups = files.Groups!;
        IReadOnlyList<TauMlDataset> listed = TauMlDataset.Listed(files);
        if (listed.Count == 0)
            notes.Add(files.Command?.At("input") ?? groups.Where, "input",
                "the list of files is not here: each group is a dataset, whose files are named by --input=GROUP=FILE");
        CampaignBlock datasets = campaign.Block("datasets"), mixing = campaign.Block("shuffle_merge"), into = mixing.Block("groups");
        var of = new List<(string Class, string Dataset)>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in groups.Keys)
        {
            ForeignNode group = groups.Need(name);
            IReadOnlyList<string> types = group.Need("types").Texts();
            TauMlDataset[] members = listed.Count == 0 ? [new TauMlDataset(name, [$"${{TAU_TUPLES}}/{name}/*.root"])]
                : [.. listed.Where(one => Fits(group, "dir", one.Name) && one.Files.Any(path => Fits(group, "file", Path.GetFileName(path))))];
            if (members.Length == 0)
                throw group.Wrong($"a pattern that fits a dataset of the list ({string.Join(", ", listed.Select(one => one.Name))})");
            foreach (TauMlDataset member in members)
            {
                of.AddRange(types.Select(type => (type, member.Name)));
                if (used.Add(member.Name))
                    datasets.Block(member.Name).Add("use", "both")
                        .Add("files", member.Files.Select(file => source.PathFromCampaign(file, out _)));
            }
            CampaignBlock written = into.Block(name).Add("datasets", members.Select(member => member.Name)).Add("types", types);
            if (group.Find("weight") is { } weight) written.Add("weight", weight.Number());
            if (listed.Count == 0) { group.Find("dir"); group.Find("file"); }
            notes.AddIfThere(group, "the tuples say what they are", "sample_type");
        }
        if (files.Command is { } command) Options(mixing, command, notes);
        else mixing.Block("tau_ratio");
        WriteRatios(mixing.Block("tau_ratio"), files.Command, [.. of.Select(one => one.Class).Distinct()]);
        return of.Distinct().ToLookup(one => one.Class, one => one.Dataset);
    }

    /// <summary>The bins of the command, pt in GeV and |eta|; <see langword="null"/> without one.</summary>
    public static (IReadOnlyList<double> Pt, IReadOnlyList<double> AbsEta)? Bins(ShuffleCommand? command) =>
        command?.Numbers("pt-bins") is { Count: > 1 } pt && command.Numbers("eta-bins") is { Count: > 1 } eta ? (pt, eta) : null;

    private static void Options(CampaignBlock mixing, ShuffleCommand command, ImportNotes notes)
    {
        mixing.Add("shards", command.Number("n-jobs") ?? 1);
        mixing.Add("refill_spectrum", command.Flag("refill-spectrum"));
        if (command.Flag("enable-emptybin")) mixing.Add("allow_empty_bins", true);
        if (command.Flag("lastbin-takeall"))
            mixing.Add("take_all_of_last_bin", true)
                .Add("disbalance", command.Number("lastbin-disbalance") ?? 1)
                .Add("disbalance_reference", "last_two_bins", "As that program counts; what it means to count is last_bin.");
        else command.Value("lastbin-disbalance");
        mixing.Add("when_exhausted", "stop_at_first_exhausted", "As there; with drain_all no row is left over.");
        if (command.Number("max-entries") is { } most) mixing.Add("max_entries", most);
        mixing.Add("parity", command.Number("parity") switch { 0 => "even", 1 => "odd", _ => "all" });
        mixing.Add("name_ids", true);
        foreach ((string option, string why) in new[]
        {
            ("output", "products go where --out says"), ("n-threads", "processors are --jobs"), ("job-idx", "all shards are made"),
            ("overflow-job", "every entry is in a shard"), ("disabled-branches", "only columns that are needed or kept are read"),
            ("input-spec", "spectra are counted (spectrum: histograms: takes such files)"), ("compression-algo", "shards are HDF5"),
            ("compression-level", "shards are HDF5"),
        })
            if (command.Has(option) && command.Value(option) is not null) notes.Add(command.At(option), $"--{option}", why);
        if (command.Value("mode") is { } mode and not "MergeAll") throw command.Wrong("mode", $"MergeAll, not {mode}");
    }

    private static void WriteRatios(CampaignBlock ratios, ShuffleCommand? command, string[] classes)
    {
        string[] given = (command?.Value("tau-ratio") ?? "").Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        foreach (string one in given)
            if (one.Split(':') is [{ } name, { } text] && ForeignNode.TryNumber(text) is { } ratio) ratios.Add(name, ratio);
            else throw command!.Wrong("tau-ratio", "class:number, …");
        if (given.Length > 0) return;
        foreach (string one in classes) ratios.Add(one, Standard.Contains(one) ? 1 : -1);
    }

    private static bool Fits(ForeignNode group, string key, string name)
    {
        if (group.Find(key) is not { Text: { } pattern } stated) return true;
        try { return new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking).IsMatch(name); }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new Misuse(new ErrorText($"{stated.Where}: '{key}' is no regular expression", [("because", error.Message)]), error);
        }
    }
}
