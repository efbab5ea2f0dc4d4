using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>The variables that UPP writes: those of its files for training elsewhere, and the jets' inputs as features of ours.</summary>
internal sealed class UppVariables
{
    private readonly List<(string Table, IReadOnlyList<string> Inputs, IReadOnlyList<string> Labels)> _tables = [];

    private UppVariables() { }

    /// <summary>Reads the block.</summary>
    public static UppVariables Read(ForeignNode block, ImportNotes notes)
    {
        var variables = new UppVariables();
        foreach (string name in block.Keys)
        {
            ForeignNode table = block.Need(name);
            notes.AddIfThere(table, "constituents are written as the files have them", "selection");
            variables._tables.Add((name, table.Find("inputs")?.Texts() ?? [], table.Find("labels")?.Texts() ?? []));
        }
        if (!variables._tables.Any(one => one is { Table: "jets", Inputs.Count: > 0 })) throw block.Wrong("inputs of jets");
        return variables;
    }

    /// <summary>Writes the features, and the files for training elsewhere.</summary>
    public void Write(CampaignBlock campaign, CampaignBlock features, long? rowsPerFile)
    {
        foreach (string input in _tables.First(one => one.Table == "jets").Inputs)
            features.Block(input).Add("scaling", "normal").Add("range", [-5.0, 5]);
        CampaignBlock files = campaign.Block(
            "training_files",
            "HDF5 files for training elsewhere (salt), norm_dict.yaml and class_dict.yaml: --target=TrainingFiles.");
        if (rowsPerFile is { } rows) files.Add("rows_per_file", rows);
        foreach ((string table, IReadOnlyList<string> inputs, IReadOnlyList<string> labels) in _tables)
            files.Block("variables").Block(table).Add("inputs", inputs.Except(["valid"])).Add("labels", labels);
    }
}
