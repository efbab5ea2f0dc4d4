using System.Text.Json.Serialization;

namespace TauPipeline.Learning;

/// <summary>One input of a network: so many numbers a row, or for each filled cell of a grid, or for each object of a list.</summary>
/// <param name="Name">What the network knows it by: <c>tau</c>, <c>inner_egamma</c>.</param>
/// <param name="Features">Numbers of a row, of a filled cell, or of an object.</param>
/// <param name="EtaCells">Cells along eta; 0 of an input that is no grid.</param>
/// <param name="PhiCells">Cells along phi.</param>
public sealed record InputShape(string Name, int Features, int EtaCells = 0, int PhiCells = 0)
{
    /// <summary>The name of the one input that every row has, which is no grid.</summary>
    public const string Tau = "tau";

    /// <summary>Most objects of a list; 0 of an input that is no list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Most { get; init; }

    /// <summary>Whether its numbers belong to the objects of a list.</summary>
    [JsonIgnore]
    public bool IsList => Most > 0;

    /// <summary>Whether rows have different numbers of numbers.</summary>
    [JsonIgnore]
    public bool IsRagged => IsGrid || IsList;

    /// <summary>Whether its numbers belong to the cells of a grid.</summary>
    [JsonIgnore]
    public bool IsGrid => EtaCells > 0;

    /// <summary>Cells of the grid. Cell (eta, phi), each counted from 0, is number eta * PhiCells + phi.</summary>
    [JsonIgnore]
    public int Cells => EtaCells * PhiCells;
}
