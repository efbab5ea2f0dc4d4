using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>Files and the stamps that they had, as bytes that are compared with the disk without making an object of any file.</summary>
internal static class StampedFiles
{
    /// <summary>Writes a list of files: paths, absolute or below the output folder, and stamps. It is read fastest when neighbours follow each other.</summary>
    public static void Write(LogWriter to, IReadOnlyList<KeyValuePair<string, FileStamp>> files)
    {
        to.Long(files.Count);
        string last = "";
        foreach ((string path, FileStamp stamp) in files)
        {
            int end = path.LastIndexOf('/') + 1;
            string folder = end == 0 ? "./" : path[..end];
            to.Text(folder == last ? "" : folder);
            to.Block([.. Encoding.UTF8.GetBytes(path[end..]), 0]);
            to.Stamp(stamp);
            last = folder;
        }
    }

    /// <summary>Whether each file of the list has the stamp that it had.</summary>
    public static bool Stand(ref LogReader from, string root)
    {
        SafeFileHandle? folder = null;
        try
        {
            for (int left = from.Count(); left > 0; left--)
            {
                if (from.Text() is { Length: > 0 } next)
                {
                    folder?.Dispose();
                    folder = LibC.OpenFolder(Path.Combine(root, next));
                }
                // The kernel looks up one name in an open folder, not a whole path.
                if (folder is not { IsInvalid: false } || FileStamp.Of(folder, from.Block().Span) != from.Stamp()) return false;
            }
            return true;
        }
        finally { folder?.Dispose(); }
    }
}
