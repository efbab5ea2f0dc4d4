namespace TauPipeline.Formats;

/// <summary>
/// What whoever runs an exported model has to know: what goes in and how it is made of a candidate, what comes out, and where to cut.
/// </summary>
/// <param name="Network">Its kind: <c>flat</c> or <c>grids</c>.</param>
/// <param name="Opset">The set of ONNX operators.</param>
/// <param name="Scaling"><c>inside</c>: the graph takes features as they are, NaN for what is missing; <c>beside</c>: scaled as stated.</param>
/// <param name="Inputs">What goes in, in order.</param>
/// <param name="Output">Name of what comes out: a probability of each class.</param>
/// <param name="Classes">The classes, in order.</param>
/// <param name="Signals">The classes whose probabilities together are that of a genuine tau.</param>
/// <param name="Score">How a score against a class is made of the probabilities.</param>
/// <param name="WorkingPoints">Thresholds on that score, passed by what is above.</param>
/// <param name="Graphs">The files.</param>
/// <param name="MadeOf">The sha256 of what it was made of, by its path below the campaign's folder.</param>
public sealed record ModelSheet(
    string Network,
    int Opset,
    string Scaling,
    IReadOnlyList<ModelSheetInput> Inputs,
    string Output,
    IReadOnlyList<string> Classes,
    IReadOnlyList<string> Signals,
    string Score,
    IReadOnlyList<ModelSheetPoint> WorkingPoints,
    IReadOnlyList<ModelSheetGraph> Graphs,
    SortedDictionary<string, string> MadeOf);

/// <summary>An input: (rows, features), or of a grid (rows, eta, phi, features).</summary>
/// <param name="Name">Its name.</param>
/// <param name="EtaCells">Cells along eta; 0 of an input that is no grid.</param>
/// <param name="PhiCells">Cells along phi.</param>
/// <param name="Features">Its features, in order.</param>
public sealed record ModelSheetInput(string Name, int EtaCells, int PhiCells, IReadOnlyList<ModelSheetFeature> Features);

/// <summary>A feature: clamp((value - mean) / std, low, high), 0 where std is 0.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What is taken: a column, or an expression over columns.</param>
/// <param name="When">Where it counts; elsewhere it is the pad value. Everywhere if <see langword="null"/>.</param>
/// <param name="Mean">Subtracted first.</param>
/// <param name="Std">Divided by next.</param>
/// <param name="Low">Lower limit, if there is one.</param>
/// <param name="High">Upper limit, if there is one.</param>
/// <param name="Pad">What a missing value becomes, after scaling.</param>
/// <param name="NonFinite">What becomes of what is not finite.</param>
public sealed record ModelSheetFeature(
    string Name, string Value, string? When, double Mean, double Std, double? Low, double? High, double Pad, string NonFinite);

/// <summary>A working point.</summary>
/// <param name="Against">The class it discriminates against.</param>
/// <param name="Point">Its name.</param>
/// <param name="Threshold">Passed by a score strictly above it.</param>
public sealed record ModelSheetPoint(string Against, string Point, double Threshold);

/// <summary>A graph.</summary>
/// <param name="File">Its file, beside this one.</param>
/// <param name="Sha256">The sha256 of its bytes.</param>
/// <param name="Inputs">Its inputs, in order.</param>
/// <param name="Outputs">Its outputs, in order.</param>
/// <param name="EmptyCell">Of a graph of cells: what it gives for a cell with nothing in it.</param>
public sealed record ModelSheetGraph(
    string File, string Sha256, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<float> EmptyCell);
