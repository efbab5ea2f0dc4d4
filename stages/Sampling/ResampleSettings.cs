using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>A component that the campaign resamples: classes of some datasets in one region.</summary>
/// <param name="Group">Its name, datasets and classes.</param>
/// <param name="Region">The place of its region, or <see langword="null"/>.</param>
/// <param name="Rows">Rows wanted of each class in train; negative for all.</param>
/// <param name="ValidationRows">Rows wanted of each class in validation; negative for all.</param>
public sealed record ResampleGroup(MixGroupSettings Group, int? Region, long Rows, long ValidationRows);

/// <summary>The block <c>resample:</c>.</summary>
/// <param name="Groups">The components.</param>
/// <param name="Wish">Method, target, fraction, empty cells.</param>
/// <param name="Cells">The cells in which spectra are equal.</param>
/// <param name="Classes">The classes of the campaign.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record ResampleSettings(
    IReadOnlyList<ResampleGroup> Groups, ResampleWish Wish, CellBinning Cells, ClassScheme Classes, SettingsUsed Used)
{
    private static readonly string[] Methods = ["countup", "pdf", "none"];

    /// <summary>Shards of each sample, of equal size.</summary>
    public int Shards { get; private init; } = 1;

    /// <summary>The cells that rows are drawn by: with <c>upscale_pdf</c> finer than those that are counted.</summary>
    public CellBinning DrawnIn => Cells with { Grid = new RefinedGrid(Cells.Grid, Wish.Upscale).Cells };

    /// <summary>Rows that are drawn from together.</summary>
    public int RoundRows { get; private init; }

    /// <summary>Whether rows in no cell are left out; else the step fails.</summary>
    public bool DropOutside { get; private init; }

    /// <summary>Whether some component asks for a region.</summary>
    public bool HasRegions => Groups.Any(group => group.Region is not null);

    /// <summary>The columns that it needs before rows are mixed.</summary>
    public IEnumerable<string> Columns => Cells.Columns;

    /// <summary>Reads the block.</summary>
    public static ResampleSettings Read(
        ConfigBlock block,
        CellSettings cells,
        (IReadOnlyList<Dataset> Datasets, IReadOnlyList<SplitRegion> Regions) known,
        ClassSettings named)
    {
        ClassScheme classes = named.Scheme;
        var method = (ResamplingMethod)Math.Max(0, Array.IndexOf(Methods, block.Choice("method", Methods)));
        string target = method == ResamplingMethod.None ? block.Text("target", "") : block.Text("target");
        TauClass of = target.Length == 0 ? classes.All[0] : block.Mistakes.Try(() => classes.Parse(target), classes.All[0]);
        double? fraction = block.Text("sampling_fraction", "auto") == "auto"
            ? null
            : block.Number("sampling_fraction", null, "", 0.1, method == ResamplingMethod.CountUp ? 1 : 1e6);
        EmptyCells empty = block.Choice("empty_cells", ["fail", "fill"], "fail") == "fill" ? EmptyCells.Zero : EmptyCells.Fail;
        CellBinning chosen = cells.Of(block);
        var groups = new List<ResampleGroup>();
        SettingsUsed used = CellSettings.Used(named.Used, chosen);
        foreach ((string name, ConfigBlock component) in block.Blocks("components"))
        {
            groups.Add(Component(name, component, known, classes));
            if (method != ResamplingMethod.None && !groups[^1].Group.Types.Contains(of))
                component.Wrong("classes", $"the target {of.Name} among them", string.Join(", ", groups[^1].Group.Types));
            used = used.And(component.Used());
        }
        if (groups.Count == 0) block.Wrong("components", "at least one component", "none");
        int upscale = (int)block.Whole("upscale_pdf", 1, 1, 100), shards = (int)block.Whole("shards", 1, 1, 10_000);
        if (upscale > 1 && method != ResamplingMethod.Pdf) block.Wrong("upscale_pdf", "method: pdf", block.Text("method"));
        else if (upscale > 1 && chosen.Grid.Axes.Any(axis => axis.HasOverflow)) block.Wrong("upscale_pdf", "cells with overflow: false", chosen.Name);
        else if (upscale > 1) block.Mistakes.Try(() => new RefinedGrid(chosen.Grid, upscale), null);
        int rows = (int)block.Whole("round_rows", 100_000, 1, 10_000_000);
        bool drop = block.Choice("outside", ["fail", "drop"], "fail") == "drop";
        used = used.And(block.Used()).And("resample.components", groups.Select(group => group.Group.Name));
        return new ResampleSettings(groups, new ResampleWish(method, of, fraction, empty) { Upscale = upscale }, chosen, classes, used)
        {
            Shards = shards,
            RoundRows = rows,
            DropOutside = drop,
        };
    }

    private static ResampleGroup Component(
        string name, ConfigBlock block, (IReadOnlyList<Dataset> Datasets, IReadOnlyList<SplitRegion> Regions) known, ClassScheme classes)
    {
        string[] trained = [.. known.Datasets.Where(dataset => dataset.Use != DatasetUse.Evaluate).Select(dataset => dataset.Name)];
        IReadOnlyList<string> datasets = block.Texts("datasets", trained);
        foreach (string dataset in datasets.Except(trained))
            block.Wrong(
                "datasets",
                $"some of {string.Join(", ", trained)}",
                $"'{dataset}', nearest {ErrorText.Nearest(dataset, trained, 1)}");
        TauClass[] types =
            [.. block.Texts("classes").Select(type => block.Mistakes.Try(() => classes.Parse(type), classes.All[0])).Distinct()];
        string[] regions = [.. known.Regions.Select(region => region.Name)];
        string region = block.Text("region", "");
        if (region.Length > 0 && !regions.Contains(region))
            block.Wrong("region", regions.Length == 0 ? "a region of split.regions" : $"some of {string.Join(", ", regions)}", region);
        long rows = block.Whole("rows", -1, -1);
        long validation = block.Whole("validation_rows", rows < 0 ? -1 : rows / 10, -1);
        return new ResampleGroup(
            new MixGroupSettings(name, [.. datasets.Intersect(trained)], types),
            Array.IndexOf(regions, region) is >= 0 and int place ? place : null,
            rows,
            validation);
    }
}
