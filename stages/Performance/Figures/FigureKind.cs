using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>A kind of figure: a step of its own draws it, from what it says and nothing else, and the report shows it.</summary>
/// <param name="Place">Its name and folder, and where the report shows it.</param>
/// <param name="Reads">What it is drawn from.</param>
/// <param name="Settings">What it consumes of the campaign's settings.</param>
/// <param name="Drawer">Makes the figures.</param>
internal sealed record FigureKind(
    DrawnFigures Place, IReadOnlyList<StepInput> Reads, SettingsUsed Settings, Func<StepRun, IEnumerable<NamedFigure>> Drawer);
