using System.Globalization;
using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>UPP's resampling: jets of each flavour drawn to the spectrum of one of them, region by region.</summary>
internal sealed class UppResampling
{
    private const string Cells = "resampling";

    private readonly UppComponents _components;
    private readonly string _method, _target, _fraction;
    private long _upscale = 1;
    private readonly List<(string Variable, IReadOnlyList<IReadOnlyList<double>> Bins)> _axes = [];

    private UppResampling(UppComponents components, string method, string target, string fraction) =>
        (_components, _method, _target, _fraction) = (components, method, target, fraction);

    /// <summary>Within what each variable must lie.</summary>
    public IReadOnlyList<string> Ranges =>
    [
        .. _axes.SelectMany(axis => new[] { $"{axis.Variable} > {Text(axis.Bins[0][0])}", $"{axis.Variable} < {Text(axis.Bins[^1][1])}" }),
    ];

    /// <summary>Reads the block; without one jets are taken as they are.</summary>
    public static UppResampling Read(ForeignNode? block, UppComponents components, ImportNotes notes)
    {
        string method = block?.Find("method")?.Text ?? "none";
        if (method is not ("none" or "pdf" or "countup")) throw block!.Need("method").Wrong("one of pdf, countup, none");
        string fraction = block?.Find("sampling_fraction")?.Text ?? "1.0";
        if (method == "none") return new UppResampling(components, method, "", "auto");
        var resampling = new UppResampling(components, method, block!.Need("target").Text ?? "", fraction);
        ForeignNode variables = block.Need("variables");
        foreach (string variable in variables.Keys)
            resampling._axes.Add((variable, UppBalancing.Bins(variables.Need(variable).Need("bins"))));
        if (block.Find("upscale_pdf") is { } upscale && upscale.Whole() is > 1 and var parts)
        {
            if (method != "pdf") throw upscale.Wrong("method: pdf beside it");
            resampling._upscale = parts;
        }
        return resampling;
    }

    /// <summary>Writes the block <c>resample:</c> and its cells.</summary>
    public void Write(CampaignBlock campaign, CampaignBlock cells)
    {
        CampaignBlock block = campaign.Block("resample").Add("method", _method);
        if (_method != "none")
        {
            CampaignBlock axes = cells.Block(Cells).Add("overflow", false).Block("axes");
            foreach ((string variable, IReadOnlyList<IReadOnlyList<double>> bins) in _axes) axes.Add(variable, bins);
            if (_upscale > 1) block.Add("upscale_pdf", _upscale);
            block.Add("target", _target).Add("cells", Cells).Add("sampling_fraction", _fraction)
                .Add("empty_cells", "fill", "Where a flavour has no jet in a cell that the target has, its others fill up the number.");
        }
        foreach (UppRegion region in _components.Regions)
        {
            CampaignBlock component = block.Block("components").Block(region.Name)
                .Add("region", region.Name).Add("datasets", region.Samples).Add("classes", region.Flavours).Add("rows", region.Rows);
            if (region.ValidationRows is { } rows) component.Add("validation_rows", rows);
        }
        campaign.Block("weights").Add("kind", "none");
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
