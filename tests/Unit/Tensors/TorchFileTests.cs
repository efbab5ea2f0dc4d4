using System.IO.Compression;
using System.Runtime.InteropServices;
using CliWrap.Buffered;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using TauPipeline.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>Needs no libtorch. <c>Data/state_dict.pt</c> was written by <c>torch.save(module.state_dict())</c>.</summary>
public sealed class TorchFileTests
{
    private static readonly TorchFile s_file = new(
        [
            Floats("a.weight", [1.5f, -2, 0, 4, 5, float.MaxValue], 2, 3),
            Floats("scalar", [7]),
            Longs("steps", [1L << 40, -1], 2),
            Floats("empty", [], 0, 4),
        ],
        new Dictionary<string, string> { ["model.json"] = "{\"é\": 1}" });

    [Fact]
    public void What_is_written_is_read_again()
    {
        TorchFile read = TorchFile.Read(new MemoryStream(Written(s_file)));

        read.Tensors.Select(tensor => tensor.Name).ShouldBe(["a.weight", "scalar", "steps", "empty"]);
        read.Tensors.Select(tensor => tensor.Shape).ShouldBe(s_file.Tensors.Select(tensor => tensor.Shape));
        read.Find("a.weight").ToFloats().ShouldBe([1.5f, -2, 0, 4, 5, float.MaxValue]);
        read.Find("steps").ToLongs().ShouldBe([1L << 40, -1]);
        read.Texts["model.json"].ShouldBe("{\"é\": 1}");
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_also_into_a_stream_that_cannot_seek()
    {
        using var memory = new MemoryStream();
        using (var oneWay = new BrotliStream(memory, CompressionLevel.Fastest, leaveOpen: true)) s_file.Write(oneWay);
        memory.Position = 0;
        using var back = new BrotliStream(memory, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        back.CopyTo(plain);

        plain.ToArray().ShouldBe(Written(s_file));
    }

    [Fact]
    public void A_state_dict_of_python_is_read()
    {
        using FileStream file = File.OpenRead(Path.Combine(TensorFixture.Data, "state_dict.pt"));

        TorchFile read = TorchFile.Read(file);

        read.Tensors.Select(tensor => tensor.Name)
            .ShouldBe(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"]);
        read.Find("0.weight").Shape.ShouldBe([3L, 2L]);
        read.Find("0.weight").ToFloats().ShouldBe([0f, 1, 2, 3, 4, 5]);
        read.Find("1.bias").ToFloats().ShouldBe([30f, 31, 32]);
        read.Find("1.num_batches_tracked").ToLongs().ShouldBe([60L]);
    }

    [PythonTorchFact]
    public void Python_reads_our_file_with_weights_only()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("tau-").FullName, "file.pt");
        using (FileStream file = File.Create(path)) s_file.Write(file);

        string text = Python(
            $"import torch; d = torch.load('{path}', weights_only=True); print([(k, list(v.shape), v.flatten().tolist()) for k, v in d.items()])",
            out int exit);

        exit.ShouldBe(0, text);
        text.ShouldStartWith(
            "[('a.weight', [2, 3], [1.5, -2.0, 0.0, 4.0, 5.0, 3.4028234663852886e+38]), ('scalar', [], [7.0]), ('steps', [2], [1099511627776, -1]), ('empty', [0, 4], [])]"
        );
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void No_damaged_file_does_anything_but_fail_as_one()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(TensorFixture.Data, "state_dict.pt"));
        var random = new CounterRandom(1, 0);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] damaged = [.. whole];
            for (int change = 0; change < 3; change++) damaged[random.NextInt(damaged.Length)] = (byte)random.NextInt(256);
            if (round % 3 == 0) damaged = damaged[..random.NextInt(damaged.Length)];
            try { TorchFile.Read(new MemoryStream(damaged)); }
            catch (StepFailed) { refused++; }
        }

        refused.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_pickle_that_wants_to_call_something_else_is_refused()
    {
        byte[] evil = [0x80, 2, .. "cos\nsystem\n("u8, (byte)'X', 2, 0, 0, 0, .. "id"u8, (byte)'t', (byte)'R', (byte)'.'];
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (Stream entry = zip.CreateEntry("archive/data.pkl").Open()) entry.Write(evil);

        Should.Throw<StepFailed>(() => TorchFile.Read(memory)).Message.ShouldContain("a call of os.system");
    }

    [Fact]
    public void A_missing_tensor_is_told_with_its_nearest_name() =>
        Should.Throw<StepFailed>(() => s_file.Find("a.weigth")).Message.ShouldContain("nearest: a.weight");

    private static StoredTensor Floats(string name, float[] values, params long[] shape) =>
        new(name, ScalarType.Float32, shape, MemoryMarshal.AsBytes<float>(values).ToArray());
    private static StoredTensor Longs(string name, long[] values, params long[] shape) =>
        new(name, ScalarType.Int64, shape, MemoryMarshal.AsBytes<long>(values).ToArray());

    private static byte[] Written(TorchFile file)
    {
        using var memory = new MemoryStream();
        file.Write(memory);
        return memory.ToArray();
    }

    private static string Python(string program, out int exit)
    {
        BufferedCommandResult python = Command.Run("/usr/bin/python3", "-c", program);
        exit = python.ExitCode;
        return python.StandardOutput + python.StandardError;
    }

    private sealed class PythonTorchFactAttribute : FactAttribute
    {
        public PythonTorchFactAttribute() =>
            Skip = Directory.Exists("/usr/lib/python3/dist-packages/torch") ? null : "python3-torch is not installed";
    }
}
