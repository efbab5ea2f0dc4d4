namespace TauPipeline.Plotting;

/// <summary>The programs that a page carries with it.</summary>
/// <param name="Vega">Vega's bundle.</param>
/// <param name="VegaLite">Vega-Lite's bundle.</param>
public sealed record PageScripts(string Vega, string VegaLite)
{
    /// <summary>The minified bundles of the packages.</summary>
    /// <exception cref="Foundation.StepFailed">They are not there.</exception>
    public static PageScripts From(NodeModules modules) =>
        new(modules.Text("vega/build/vega.min.js"), modules.Text("vega-lite/build/vega-lite.min.js"));
}
