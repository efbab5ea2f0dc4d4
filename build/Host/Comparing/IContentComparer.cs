namespace TauPipeline.Host;

/// <summary>Finds where two files of one format differ in what they say.</summary>
internal interface IContentComparer
{
    /// <summary>Name of the format.</summary>
    string Format { get; }

    /// <summary>Whether a file is of this format.</summary>
    /// <param name="file">The file.</param>
    /// <param name="head">Its first bytes.</param>
    bool Knows(string file, ReadOnlySpan<byte> head);

    /// <summary>The first difference, or <see langword="null"/>.</summary>
    /// <exception cref="Foundation.StepFailed">One of them is damaged.</exception>
    Difference? First(string old, string @new);
}
