using System.Text;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// Writes sizes, hashes and entries into <c>data-manifests/</c>: for the files given, or anew for every manifest there is.
/// </summary>
internal sealed class ManifestTool : ITool
{
    public string Name => "Manifest";

    public string Summary => "measure data-manifests anew, or make one from --input=DATASET=FILE (a glob will do)";

    public int Run(Invocation call)
    {
        string folder = Repository.At("data-manifests");
        IReadOnlyList<string> inputs = call.Line.All(Options.Input);
        foreach (string input in inputs) RemoteAddress.RefuseInput(input);
        IEnumerable<string> manifests = inputs.Count > 0 ? Sketched(inputs, folder) : Existing(folder);
        foreach (string file in manifests)
        {
            DatasetManifest manifest = DatasetManifest.Load(file, Path.GetRelativePath(Repository.Root, file));
            Replace(file, manifest.Refreshed(FileInspectors.Entries, call.Cancellation));
            call.Terminal.Output.WriteLine(
                $"wrote {Path.GetRelativePath(Repository.Root, file)}: {Words.Count(DatasetManifest.Load(file).Files.Count, "file")}");
        }
        return ExitCode.Done;
    }

    private static string[] Existing(string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)] : [];
        return files.Length > 0
            ? files
            : throw new Misuse(
                new ErrorText("there is no manifest to measure", [("looked in", folder)], "make one with  --input=DATASET=FILE"));
    }

    // A manifest of paths alone; measuring it fills in the rest.
    private static List<string> Sketched(IReadOnlyList<string> inputs, string folder)
    {
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (IGrouping<string, string> dataset in inputs.Select(Parts).GroupBy(parts => parts[0], parts => parts[1]))
        {
            string file = Path.Combine(folder, dataset.Key + ".yaml");
            string files = string.Concat(dataset.Select(path => $"- path: \"{Path.GetRelativePath(folder, Path.GetFullPath(path))}\"\n"));
            Replace(file, $"dataset: {dataset.Key}\nfiles:\n{files}");
            written.Add(file);
        }
        return written;
    }

    private static string[] Parts(string input) => input.Split('=', 2) is [{ Length: > 0 } _, { Length: > 0 } _] parts
        ? parts
        : throw new Misuse(new ErrorText($"--input={input} does not name a dataset", [("expected", "--input=DATASET=FILE")]));

    private static void Replace(string file, string text) => WholeFile.WriteStream(file, to => to.Write(Encoding.UTF8.GetBytes(text)));
}
