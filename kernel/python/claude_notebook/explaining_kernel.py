"""A kernel that runs nothing and says why: each cell ends with the same error."""

from __future__ import annotations

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel


def start_explaining_kernel(message: str, connection_file: str) -> None:
    """Answers on the connection until Jupyter ends it; every cell shows the message."""
    title, *rest = message.split("\n")

    class ExplainingKernel(Kernel):
        implementation = "claude-notebook without Node.js"
        implementation_version = "1"
        banner = message
        language_info = {"name": "typescript", "mimetype": "text/typescript", "file_extension": ".ts"}

        def do_execute(self, code, silent, *_more, **_options):
            error = {"ename": "NodeNotFoundError", "evalue": title, "traceback": [title, *rest]}
            if not silent:
                self.send_response(self.iopub_socket, "error", error)
            return {"status": "error", "execution_count": self.execution_count, **error}

    IPKernelApp.launch_instance(kernel_class=ExplainingKernel, argv=["-f", connection_file])
