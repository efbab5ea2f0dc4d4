using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>UPP's reweighting: all jets kept, with weights that bring every class to one spectrum.</summary>
internal sealed class UppReweighting
{
    private const string Jets = "jets", Label = "flavour_label";

    private readonly string[] _flavours;
    private readonly long? _counted;
    private readonly List<Table> _tables = [];

    private UppReweighting(string[] flavours, long? counted) => (_flavours, _counted) = (flavours, counted);

    /// <summary>Reads the block.</summary>
    public static UppReweighting Read(ForeignNode block, string[] flavours, ImportNotes notes)
    {
        notes.AddIfThere(block, "processes are --jobs", "merge_num_proc");
        var reweighting = new UppReweighting(flavours, block.Find("num_jets_estimate")?.Whole());
        foreach (ForeignNode one in block.Need("reweights").Items)
        {
            notes.AddIfThere(one, "a function of the target's spectrum is not applied", "target_hist_func", "target_hist_func_name");
            Table table = Read(one);
            // There the second silently takes the place of the first.
            if (reweighting._tables.Exists(other => other.Name == table.Name))
                throw new Misuse(new ErrorText($"{one.Where}: two reweights are called '{table.Name}'", [],
                    "UPP writes the second over the first: leave one of them out"));
            reweighting._tables.Add(table);
        }
        return reweighting;
    }

    /// <summary>Writes the block <c>reweight:</c> and its cells.</summary>
    public void Write(CampaignBlock campaign, CampaignBlock cells)
    {
        CampaignBlock block = campaign.Block("reweight")
            .Add("empty_cells", "zero", "Cells in which a class has nothing get weight 0, as in UPP; tables.json says how much that concerns.");
        if (_tables.Exists(table => !table.HasOverflow)) block.Add("outside", "zero");
        if (_counted is { } rows)
            block.Add("count_rows", rows, "Jets of each class that are counted, and as in UPP not scaled to all there are.")
                .Add("scale_counts_to_available", false);
        foreach (Table table in _tables)
        {
            CampaignBlock entry = block.Block("tables").Block(table.Name).Add("cells", CellsOf(table, cells));
            if (!table.IsOfJets) entry.Add("class", table.Class);
            if (table.Targets is [var one]) entry.Add("target", Named(table, one));
            else entry.Add("target", table.Targets.Select(target => Named(table, target)));
        }
        CampaignBlock weights = campaign.Block("weights").Add("kind", "none");
        if (_tables.Find(table => table.IsOfJets) is { } first) weights.Add("times", first.Name);
    }

    private string Named(Table table, string target) =>
        table.IsOfJets && int.TryParse(target, out int label) && label >= 0 && label < _flavours.Length ? _flavours[label] : target;

    private static Table Read(ForeignNode one)
    {
        string group = one.Need("group").Text ?? "", column = one.Need("class_var").Text ?? "";
        IReadOnlyList<string> variables = one.Need("reweight_vars").Texts(), targets = one.Need("class_target").Texts();
        ForeignNode bins = one.Need("bins");
        string prefix = group == Jets ? "" : $"{group}_";
        string name = $"weight_{group}_{string.Join('_', variables)}_target_{string.Join('_', targets)}"
            + (one.Need("class_target").IsList ? "" : $"_{column}");
        return new Table(
            name,
            prefix + column,
            group == Jets && column == Label,
            [.. variables.Select(variable => (prefix + variable, UppBalancing.Bins(bins.Need(variable))))],
            one.Find("add_overflow")?.Flag() ?? true,
            targets);
    }

    // Tables of the same variables and edges share their cells.
    private static string CellsOf(Table table, CampaignBlock cells)
    {
        string stem = string.Join('_', table.Axes.Select(axis => axis.Variable)) + (table.HasOverflow ? "" : "_inside");
        var made = new CampaignBlock();
        if (!table.HasOverflow) made.Add("overflow", false);
        foreach ((string variable, IReadOnlyList<IReadOnlyList<double>> bins) in table.Axes) made.Block("axes").Add(variable, bins);
        for (int number = 1; ; number++)
        {
            string name = number == 1 ? stem : $"{stem}_{number}";
            if (cells.Has(name, made)) return name;
            if (cells.Has(name)) continue;
            cells.Put(name, made);
            return name;
        }
    }

    private sealed record Table(
        string Name,
        string Class,
        bool IsOfJets,
        IReadOnlyList<(string Variable, IReadOnlyList<IReadOnlyList<double>> Bins)> Axes,
        bool HasOverflow,
        IReadOnlyList<string> Targets);
}
