using TauPipeline.BuildGraph;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>
/// Tables of weights in the layout of umami-preprocessing's <c>histograms.h5</c>: for each table <c>bins/bin_i</c>, <c>rw_vars</c>,
/// <c>class_var</c> and <c>weights/CLASS</c>; beside them <c>counts/CLASS</c> and <c>target</c>, which that program does not keep.
/// </summary>
public sealed class UppHistograms : IProductWriter<UppHistograms>
{
    private readonly ProductOutput _to;

    private UppHistograms(ProductOutput to) => _to = to;

    /// <summary>The libraries that its bytes come from.</summary>
    public static IReadOnlyList<string> Tools => Hdf5Tools.Versions;

    /// <inheritdoc/>
    public static UppHistograms Create(ProductOutput to) => new(to);

    /// <summary>Writes all tables.</summary>
    /// <exception cref="Foundation.StepFailed">The file cannot be written.</exception>
    public void Write(WeightTablesFile tables)
    {
        using Hdf5File file = Hdf5File.Create(_to.Path);
        foreach (IGrouping<string, WeightTableEntry> group in tables.Tables.GroupBy(table => table.Group))
        {
            file.CreateGroup($"/{group.Key}");
            foreach (WeightTableEntry table in group) Write(file, $"/{group.Key}/{table.Name}", table);
        }
        file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private static void Write(Hdf5File file, string at, WeightTableEntry table)
    {
        long[] shape = [.. table.Edges.Select(edges => (long)edges.Count - 1)];
        foreach (string group in new[] { at, $"{at}/bins", $"{at}/weights", $"{at}/counts" }) file.CreateGroup(group);
        for (int axis = 0; axis < table.Edges.Count; axis++)
            file.WriteArray($"{at}/bins/bin_{axis}", [.. table.Edges[axis]], [table.Edges[axis].Count]);
        file.WriteTexts($"{at}/rw_vars", table.Variables);
        file.WriteTexts($"{at}/class_var", [table.ClassColumn]);
        file.WriteArray($"{at}/target", [.. table.Target], shape);
        foreach (WeightTableClass one in table.Classes)
        {
            file.WriteArray($"{at}/weights/{one.Class}", [.. one.Weights], shape);
            file.WriteArray($"{at}/counts/{one.Class}", [.. one.Counts], shape);
        }
    }
}
