using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The formats that can be looked into.</summary>
internal static class FileInspectors
{
    private const int HeadLength = 16;

    private static readonly IFileInspector[] All = [new RootInspector(), new Hdf5Inspector()];

    /// <summary>The inspector for that file, found by its first bytes.</summary>
    /// <exception cref="Misuse">The file is of no known format.</exception>
    public static IFileInspector For(string file) =>
        Find(file)
        ?? throw new Misuse(
            new ErrorText($"'{file}' is neither a ROOT nor an HDF5 file", [("begins with", Convert.ToHexStringLower(Head(file)))]));

    /// <summary>The entries of a file, where its format is known.</summary>
    public static long? Entries(string file) => Find(file)?.Entries(file);

    private static IFileInspector? Find(string file)
    {
        byte[] head = Head(file);
        return All.FirstOrDefault(inspector => inspector.Knows(head));
    }

    private static byte[] Head(string file)
    {
        using FileStream stream = File.OpenRead(file);
        var head = new byte[HeadLength];
        return head[..stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
    }
}
