using TauPipeline.RunStore;

namespace TauPipeline.Host;

/// <summary>Where a campaign's run store is, and what to type to see it.</summary>
internal static class RunPlaces
{
    /// <summary>The store, among the journals of the output folder.</summary>
    public static MlflowStore StoreOf(string outputFolder) => new(Path.Combine(JournalFolder.Of(outputFolder), MlflowStore.FolderName));

    /// <summary>How one looks at it: artifacts are found from the folder that holds the store.</summary>
    public static string ToSee(string folder) => $"cd {folder} && mlflow ui --backend-store-uri={MlflowStore.FolderName}";
}
