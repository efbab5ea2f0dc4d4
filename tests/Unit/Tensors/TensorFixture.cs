using System.Diagnostics;
using System.Text.Json;
using TauPipeline.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>Builds the shim as Setup does and loads libtorch, once, with one thread in the portable numeric environment.</summary>
public sealed class TensorFixture
{
    public const string Collection = "tensors";

    public TensorFixture()
    {
        if (!TensorLibrary.IsInstalled) return;
        BuildShim();
        TensorLibrary.Load(NumericEnvironment.Portable(1));
    }

    /// <summary>Expected numbers of python3-torch.</summary>
    public JsonElement Oracle { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "oracle.json"))).RootElement;

    public static string Data => Path.Combine(Root, "tests", "Unit", "Tensors", "Data");

    public static float[] Floats(JsonElement tensor) => [.. tensor.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];

    public static Tensor ToTensor(JsonElement tensor) =>
        Tensor.From(Floats(tensor), [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())]);

    public static string Root
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "TauPipeline.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }

    private static void BuildShim()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])["build", Path.Combine(Root, "build", "Native.proj"), "-v:q", "-nodeReuse:false"]) start.ArgumentList.Add(argument);
        using Process build = Process.Start(start)!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0) throw new InvalidOperationException(output);
    }
}

[CollectionDefinition(TensorFixture.Collection)]
#pragma warning disable CA1711 // xunit's own word
public sealed class TensorCollection : ICollectionFixture<TensorFixture>;
#pragma warning restore CA1711

/// <summary>A fact that needs libtorch; counted as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TensorFactAttribute : FactAttribute
{
    public TensorFactAttribute() => Skip = TensorLibrary.IsInstalled ? null : "libtorch is not installed: dotnet cake --target=Setup";
}
