namespace TauPipeline.RootIO;

/// <summary>
/// A class of vectors: its name as ROOT writes it, and the code that its description has for the elements (spec section 7.3).
/// </summary>
internal sealed record VectorType(string ClassName, int ElementCode)
{
    private const int Objects = 61;

    /// <summary>Vectors of that vector.</summary>
    public VectorType Nested => new($"vector<{ClassName} >", Objects);

    /// <summary>A class without members is told by its name alone.</summary>
    public uint Checksum
    {
        get
        {
            uint sum = 0;
            foreach (char letter in ClassName) sum = sum * 3 + letter;
            return sum;
        }
    }

    public static VectorType Of(LeafType leaf) => new($"vector<{leaf.VectorElement}>", leaf.StreamerCode);
}
