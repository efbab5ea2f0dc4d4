namespace TauPipeline.Learning;

/// <summary>Rows of several origins side by side.</summary>
internal static class Joint
{
    /// <summary>Lays rows of a width into those of another, from a column on.</summary>
    public static void Lay(float[] from, int width, float[] to, int toWidth, int column)
    {
        for (int row = 0; row * width < from.Length; row++)
            from.AsSpan(row * width, width).CopyTo(to.AsSpan(row * toWidth + column));
    }
}
