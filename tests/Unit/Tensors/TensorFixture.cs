using System.Text.Json;
using TauPipeline.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>Loads libtorch, once, with one thread in the portable numeric environment.</summary>
public sealed class TensorFixture
{
    public const string Collection = "tensors";

    public TensorFixture()
    {
        if (TensorLibrary.IsInstalled) TensorLibrary.Load(NumericEnvironment.Portable(1));
    }

    /// <summary>Expected numbers of python3-torch.</summary>
    public JsonElement Oracle { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "oracle.json"))).RootElement;

    public static string Data => Path.Combine(Root, "tests", "Unit", "Tensors", "Data");

    public static float[] Floats(JsonElement tensor) =>
        [.. tensor.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];

    public static Tensor ToTensor(JsonElement values) =>
        tensor(Floats(values), [.. values.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())]);

    public static string Root
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "TauPipeline.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
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

/// <summary>The same for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TensorTheoryAttribute : TheoryAttribute
{
    public TensorTheoryAttribute() => Skip = new TensorFactAttribute().Skip;
}
