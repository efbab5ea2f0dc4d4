using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>
/// The figures of the plot stage for the page, by heading: each hovers; those of one group are folded up together, the others have their
/// picture with them for a reader without scripts, who finds those of folded ones as files.
/// </summary>
internal sealed class ReportFigures(StepRun run, IReadOnlyList<DrawnFigures> drawn)
{
    private static readonly (string Label, string Ending)[] Kinds = [("SVG", ".svg"), ("PDF", ".pdf"), ("Vega-Lite", NodeRenderer.Ending)];

    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    /// <summary>What stands under a heading.</summary>
    public IEnumerable<ReportBlock> Under(string heading)
    {
        _shown.Add(heading);
        return drawn.Where(kind => kind.Heading == heading).SelectMany(Of);
    }

    /// <summary>A section for each heading that was not asked for yet.</summary>
    public IEnumerable<ReportSection> Others() =>
        from heading in drawn.Select(kind => kind.Heading).Distinct().Where(heading => !_shown.Contains(heading)).ToList()
        let blocks = Under(heading).ToList()
        where blocks.Count > 0
        select new ReportSection(heading, blocks);

    private IEnumerable<ReportBlock> Of(DrawnFigures kind)
    {
        using FolderReader folder = run.Stream<FolderReader>(kind.Folder);
        var files = folder.Files.ToHashSet(StringComparer.Ordinal);
        string group = "";
        var folded = new List<ReportFigure>();
        foreach (FigureIndexEntry entry in run.Read(kind.Index).Figures)
        {
            if (entry.Group != group && folded.Count > 0)
            {
                yield return Folded();
                folded = [];
            }
            group = entry.Group;
            ReportFigure figure = Figure(kind, folder, files, entry);
            if (group.Length == 0) yield return figure;
            else folded.Add(figure);
        }
        if (folded.Count > 0) yield return Folded();

        ReportDetails Folded() => new($"{folded.Count} {group}", folded);
    }

    private static ReportFigure Figure(DrawnFigures kind, FolderReader folder, HashSet<string> files, FigureIndexEntry entry)
    {
        string picture = $"{entry.Name}.svg";
        return new(
            entry.Title,
            entry.Caption,
            entry.Live,
            entry.Group.Length == 0 && files.Contains(picture) ? File.ReadAllText(Path.Combine(folder.Path, picture)) : null,
            [
                .. Kinds.Where(one => files.Contains(entry.Name + one.Ending))
                    .Select(one => (one.Label, $"../{kind.FolderPath}/{entry.Name}{one.Ending}")),
            ]);
    }
}
