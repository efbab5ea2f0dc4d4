namespace TauPipeline.RootIO;

/// <summary>One entry of a directory: an object's name, class, cycle and sizes.</summary>
public sealed class RootKey
{
    internal RootKey(string path, TKey key)
    {
        Path = path;
        Key = key;
    }

    internal TKey Key { get; }

    /// <summary>The object's name with its directories in front: <c>dir/sub/name</c>.</summary>
    public string Path { get; }

    /// <summary>The object's title.</summary>
    public string Title => Key.Title;

    /// <summary>ROOT's class name, say <c>TTree</c>.</summary>
    public string ClassName => Key.ClassName;

    /// <summary>Version of the object: the highest is the newest.</summary>
    public int Cycle => Key.Cycle;

    /// <summary>Bytes in the file, compressed, without the key.</summary>
    public int StoredBytes => Key.StoredBytes;

    /// <summary>Bytes of the object, uncompressed.</summary>
    public int ObjectBytes => Key.ObjectBytes;

    /// <summary>Whether the object is a directory.</summary>
    public bool IsDirectory => ClassName is "TDirectory" or "TDirectoryFile";

    /// <summary>Whether the object is a tree that <see cref="RootFile.Tree"/> opens.</summary>
    public bool IsTree => ClassName is "TTree" or "TNtuple" or "TNtupleD";

    /// <summary>Whether the object is an RNTuple that <see cref="RootFile.NTuple"/> opens.</summary>
    public bool IsNTuple => ClassName == NTupleAnchor.ClassName;

    /// <summary>Whether the object is a histogram or profile that <see cref="RootFile.Histogram"/> opens.</summary>
    public bool IsHistogram => RootHistogram.Is(ClassName);

    /// <summary>Whether the object is a graph that <see cref="RootFile.Graph"/> opens.</summary>
    public bool IsGraph => RootGraph.Is(ClassName);
}
