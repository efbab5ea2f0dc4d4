using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>A raw file of the simulation with the branches that make a candidate, one of which is of another type.</summary>
internal static class RetypedFile
{
    private static readonly string[] Kept =
    [
        "run", "lumi", "evt", "tau_index", "tau_pt", "tau_eta", "tau_phi", "tau_decayMode", "tau_dz", "sampleType",
        "genLepton_index", "genLepton_kind", "genLepton_vis_pt", "genLepton_vis_eta", "genLepton_vis_phi", "genJet_index",
    ];

    /// <summary>The branch as a C string, whose leaf is of class TLeafC.</summary>
    public static void WithText(string file, string branch)
    {
        Batch rows = Rows(file);
        Write(
            file,
            rows.Only([.. Kept.Where(name => name != branch)]),
            RootColumn.OfTexts(branch, [.. Enumerable.Range(0, rows.Rows).Select(row => $"{row}")]));
    }

    /// <summary>The branch as a list of one number.</summary>
    public static void WithLists(string file, string branch)
    {
        Batch rows = Rows(file);
        Write(
            file,
            rows.With(
                new JaggedColumn<float>(
                    branch,
                    branch[..branch.IndexOf('_')],
                    Enumerable.Range(0, rows.Rows + 1).ToArray(),
                    new float[rows.Rows])));
    }

    private static Batch Rows(string file)
    {
        using RootFile old = RootFile.Open(file);
        return old.Tree("taus").Read(Kept).Single();
    }

    private static void Write(string file, Batch rows, params RootColumn[] texts)
    {
        using RootFileWriter writer = RootFileWriter.Create(file, RootCompression.None);
        writer.Tree("taus", rows.Schema, [.. texts.Select(text => text.Shape)]).Append(rows, texts);
    }
}
