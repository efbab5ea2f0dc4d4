using Microsoft.Build.Framework;

namespace TauPipeline.Tasks;

/// <summary>
/// Lays native libraries of packages into one folder, from which programs load them by full path: 0.5 GB in each program's own folder
/// otherwise.
/// </summary>
public sealed class LayNatives : Microsoft.Build.Utilities.Task
{
    /// <summary>The files.</summary>
    [Required] public ITaskItem[] Libraries { get; set; } = [];

    /// <summary>The folder, named by the packages' versions.</summary>
    [Required] public string Folder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            IReadOnlyList<string> offered = ElfVersions.Of(NativeFolder.CppLibrary()).Defined;
            foreach (string marked in NativeFolder.Lay([.. Libraries.Select(item => item.ItemSpec)], Folder, [.. offered]))
                Log.LogMessage(
                    MessageImportance.Normal,
                    $"this system's {NativeFolder.Cpp} lacks a version that is only named, never called: marked as weak in {marked}");
        }
        catch (DllNotFoundException)
        {
            Log.LogError(
                $"{NativeFolder.Cpp} is missing: install the C++ library of this system (libstdc++6 on Debian and Ubuntu, libstdc++ on Alma)"
            );
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Log.LogError($"the native libraries cannot be laid into {Folder}: {cause.Message}");
        }
        return !Log.HasLoggedErrors;
    }
}
