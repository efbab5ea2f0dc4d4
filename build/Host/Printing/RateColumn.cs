using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TauPipeline.Host;

/// <summary>Rows, batches or files a second.</summary>
internal sealed class RateColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is not { } speed || task.Tag is not string unit ? "" : $"{Short(speed)} {unit}/s");

    private static string Short(double value) => value switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.0}M"),
        >= 1e3 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.0}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.#}"),
    };
}
